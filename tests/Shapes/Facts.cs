using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Shapes;

/// <summary>
/// What a service is, a line for each thing that the originals differ in: <c>web waits: db healthy</c>. Secrets are names in capitals.
/// </summary>
internal static partial class Facts
{
    public static IEnumerable<string> Of(ServiceSpec service) => Lines(service).Select(line => $"{service.Name} {line.What}: {line.Value}".TrimEnd());

    private static IEnumerable<(string What, string Value)> Lines(ServiceSpec service)
    {
        var exported = service.CommandPrefix;
        yield return ("image", service.Image is BuiltImage built
            ? $"{built.DockerfilePath}{string.Concat(built.Args.Select(arg => $" {arg.Key}={arg.Value}"))}" : service.Image.ToString()!);
        yield return ("entrypoint", Words(service.Entrypoint));
        yield return ("command", Words(service.Command));
        yield return ("waits", Joined(service.WaitsFor.Select(wait => $"{wait.Service} {wait.Condition.ToString().ToLowerInvariant()}")));
        yield return ("ports", Joined(service.Ports.Select(Published)));
        yield return ("mounts", Joined(service.Mounts.Select(Mount).OfType<string>()));
        yield return ("tmpfs", Joined(service.Mounts.OfType<TmpfsMount>().Select(mount => mount.Target)));
        yield return ("probe", Probe(service));
        yield return ("starts within", Seconds(service.Health?.StartPeriod ?? TimeSpan.Zero));
        yield return ("user", service.User ?? "the image's");
        yield return ("capabilities", Joined(service.Capabilities?.Add ?? []));
        yield return ("ulimits", Joined(service.Ulimits.Select(limit => $"{limit.Key} {limit.Value.Soft} {limit.Value.Hard}")));
        yield return ("root", service.ReadOnly ? "read-only" : "writable");
        yield return ("stops by", $"{service.StopSignal ?? "the image's signal"} within {Seconds(service.StopGrace)}");
        yield return ("init", service.Init ? "yes" : "no");
        yield return ("runs", service.IsStep() ? "once" : "always");
        foreach (var route in service.Upstreams)
            yield return ($"route {route.Site.Scheme}://{route.Site.Host}{route.Path}", route.Service ?? service.Name);
        foreach (var (name, value) in service.Environment) yield return ($"variable {name}", Text(value));
        foreach (var file in service.Files)
            if (exported.Select(word => Exported(word, file)).FirstOrDefault(name => name is not null) is { } variable)
                yield return ($"exports {variable}", Text(file.Content));
            else
                yield return ($"file {file.Path}", Text(file.Content));

        string Words(IEnumerable<string> words)
        {
            var own = words.ToArray();
            var starts = exported.Length > 0 && own.Take(exported.Length).SequenceEqual(exported);
            return starts ? string.Join(' ', own.Skip(exported.Length).Prepend("(exports)")) : string.Join(' ', own);
        }

        string Probe(ServiceSpec of) => of.Health is not { } health ? "none" : health.IsOfImage ? "the image's" : Words(health.Test);
    }

    private static string Published(Port port)
        => FormattableString.Invariant($"{port.Address}:{port.Host}:{port.Container}{(port.Protocol == "tcp" ? "" : "/" + port.Protocol)}");

    private static string? Mount(Mount mount) => mount switch
    {
        VolumeMount volume => $"{volume.Volume.Name}={volume.Target}{(volume.ReadOnly ? ":ro" : "")}",
        BindMount bind => $"{(bind.Source.StartsWith('/') ? "" : "./")}{bind.Source}={bind.Target}{(bind.ReadOnly ? ":ro" : "")}",
        _ => null,
    };

    private static string? Exported(string script, ServiceFile file)
        => Export().Matches(script).FirstOrDefault(match => match.Groups["path"].Value == file.Path)?.Groups["name"].Value;

    private static string Text(Template template) => template.Render(secret => FakeSecrets.ValueOf(secret)).Text!.ReplaceLineEndings("\\n");

    private static string Joined(IEnumerable<string> items) => string.Join(", ", items.Order(StringComparer.Ordinal));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0 s", CultureInfo.InvariantCulture);

    [GeneratedRegex("""(?<name>\w+)="\$\(cat (?<path>\S+) &&""")]
    private static partial Regex Export();
}
