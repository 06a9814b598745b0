using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Previews;

namespace Infra.Operations.ComposeInput.Differences;

/// <summary>What is compared of two services, each as a person reads it. Values of variables are not shown: some are secrets.</summary>
internal static class ServiceAspects
{
    private static readonly ImmutableArray<(string Name, Func<ServiceSpec, string> Text)> All =
    [
        ("image", Image),
        ("command", service => Executed(service, [.. service.Entrypoint, .. service.Command])),
        ("replicas", service => service.Containers() == 1 ? "" : FormattableString.Invariant($"{service.Containers()}")),
        ("ports", ServiceLines.Ports),
        ("mounts", service => string.Join(", ", ServiceLines.Mounts(service).Concat(InMemory(service)).Order(StringComparer.Ordinal))),
        ("files", ServiceLines.Files),
        ("networks", service => string.Join(", ", service.Networks.Select(place => place.Network.Name).Order(StringComparer.Ordinal))),
        ("waits for", service => string.Join(", ", ServiceLines.Waits(service).Split(", ").Order(StringComparer.Ordinal))),
        ("health check", Probe),
        ("memory", service => service.Memory?.Text ?? ""),
        ("processor", service => service.Cpus is { } cpus ? $"{cpus} cpu" : ""),
        ("processes", service => FormattableString.Invariant($"{service.Pids}")),
        ("restart", Restart),
        ("stop grace", service => FormattableString.Invariant($"{service.StopGrace.TotalSeconds:0.###} s")),
        ("log", service => service.Logging is null ? "" : Joined([service.Logging.Driver, .. service.Logging.Options.Select(Option)])),
        ("user", service => service.User ?? ""),
        ("capabilities", service => service.Capabilities is null ? "the engine's default" : Capabilities(service.Capabilities)),
        ("new privileges", service => service.NoNewPrivileges ? "none" : "by set-user-id programs"),
        ("root file system", service => service.ReadOnly ? "read-only" : "writable"),
        ("container", service => service.ContainerName ?? ""),
        ("host name", service => service.Hostname ?? ""),
    ];

    /// <summary>What is different; all that there is, where there was no service.</summary>
    public static ImmutableArray<AspectDifference> Between(ServiceSpec? was, ServiceSpec now) =>
    [
        .. All.Select(aspect => new AspectDifference(aspect.Name, was is null ? "" : aspect.Text(was), aspect.Text(now)))
            .Concat(Variables(was, now))
            .Where(aspect => aspect.Was != aspect.Is),
    ];

    private static IEnumerable<AspectDifference> Variables(ServiceSpec? was, ServiceSpec now)
    {
        var (before, after) = (was?.Environment ?? Infra.Model.Variables.None, now.Environment);
        var other = before.Keys.Where(name => after.TryGetValue(name, out var value) && value.ToString() != before[name].ToString()).ToArray();
        var (dropped, added) = (before.Keys.Except(after.Keys), after.Keys.Except(before.Keys));
        yield return new AspectDifference("variables", string.Join(", ", dropped), string.Join(", ", added));
        if (other.Length > 0) yield return new AspectDifference("values of", "", string.Join(", ", other));
    }

    private static string Image(ServiceSpec service) => service.Image is BuiltImage built ? $"built from {built.DockerfilePath}" : $"{service.Image}";

    private static IEnumerable<string> InMemory(ServiceSpec service) =>
        service.Mounts.OfType<TmpfsMount>().Select(mount => $"memory → {mount.Target}");

    private static string Restart(ServiceSpec service) => service.Restart.Mode switch
    {
        RestartMode.No => "no",
        RestartMode.OnFailure => "on-failure",
        RestartMode.Always => "always",
        _ => "unless-stopped",
    };

    private static string Capabilities(Capabilities capabilities) =>
        Joined([.. capabilities.Drop.Select(name => $"-{name}"), .. capabilities.Add.Select(name => $"+{name}")]);

    private static string Option(KeyValuePair<string, string> option) => $"{option.Key}={option.Value}";

    private static string Probe(ServiceSpec service) => service.Health is { IsOfImage: false } health
        ? FormattableString.Invariant($"{Executed(service, health.Test)} (every {health.Interval.TotalSeconds:0.###} s)")
        : service.Health is null ? "" : ServiceLines.Probe(service);

    // What hands the secrets over stands before each command of such a service, and is the same.
    private static string Executed(ServiceSpec service, ImmutableArray<string> words)
    {
        var prefix = service.CommandPrefix;
        return prefix.IsEmpty || !words.AsSpan().StartsWith(prefix.AsSpan())
            ? Joined(words)
            : Joined(["(secrets exported)", .. words[prefix.Length..]]);
    }

    private static string Joined(IEnumerable<string> words) =>
        Visible.Beginning(string.Join(' ', string.Join(' ', words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
