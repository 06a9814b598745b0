using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Components;

/// <summary>What web, worker, beat and Flower have in common.</summary>
internal static class AppService
{
    public static ServiceSpec Describe(string kind, string name, ServiceRole role, AppArgs args, ImmutableArray<string> command)
    {
        if (args is { HasShell: false, Delivery: SecretDelivery.Export })
            throw new ArgumentException($"'{name}' would have its secrets exported by a shell, and its image has none. Deliver them as files (infra:app.delivery: file), or use an image with a shell.");
        var secrets = SecretVariables(args);
        if (args.Reload is not null) command = args.Reload.Around(command, overlap: role == ServiceRole.Worker);
        if (!args.First.IsEmpty) command = ["sh", "-c", $"{string.Join(' ', args.First.Select(Reload.Quote))} && exec \"$@\"", "--", .. command];
        if (args.StartupWaits is not null) command = args.StartupWaits.Around(command);
        ImmutableArray<string> entering = args.Delivery == SecretDelivery.Export && !secrets.IsEmpty ? Exporting(secrets) : [];
        return new ServiceSpec(kind, name)
        {
            Role = role,
            Image = args.Image,
            Entering = entering,
            Command = [.. entering, .. command],
            Environment = Variables.Of(
                [
                    ("PYTHONUNBUFFERED", "1"),
                    ("PYTHONDONTWRITEBYTECODE", "1"),
                    .. secrets.Where(_ => args.Delivery == SecretDelivery.File).Select(secret => (secret.Variable + "_FILE", (Template)PathOf(secret.Variable))),
                    .. args.Reload is null ? [] : new (string, Template)[] { ("WATCHFILES_FORCE_POLLING", "false") },
                ]).SetItems(args.Environment),
            Files =
            [
                .. secrets.Select(secret => new ServiceFile(FileName(secret.Variable), secret.Value)),
                .. args.Reload is { Reloader: Reloader.Preload } ? [Reload.Program] : ImmutableArray<ServiceFile>.Empty,
                .. args.StartupWaits is null ? [] : ImmutableArray.Create(StartupWaits.Program),
            ],
            Mounts = [.. args.Mounts, new TmpfsMount("/tmp", args.Temporary), .. Code(args.Reload)],
            WaitsFor = [.. args.Needs.Select(need => need.Service.AsWait()).Concat(args.After.Select(service => service.AsWait())).Distinct()],
            Networks = args.Networks,
            Memory = args.Memory,
            ReservedMemory = args.ReservedMemory,
            Cpus = args.Cpus,
            ReservedCpus = args.ReservedCpus,
            Pids = 256,
            Capabilities = Capabilities.Only(),
            ReadOnly = args.ReadOnly,
            Watch = [.. Watched(args, role)],
        };
    }

    private static ImmutableArray<(string Variable, Template Value)> SecretVariables(AppArgs args) =>
        [.. args.Needs.Select(need => (need.Variable, need.Url)).Concat(args.Secrets.Select(secret => (secret.Key, Template.Of($"{secret.Value}"))))];

    // A process that becomes the command: the values are in its environment, and in no `inspect`, since the engine never saw them.
    private static ImmutableArray<string> Exporting(ImmutableArray<(string Variable, Template Value)> secrets)
    {
        var exports = secrets.Select(secret => $"{secret.Variable}=\"$(cat {PathOf(secret.Variable)})\"; export {secret.Variable}; ");
        return ["sh", "-c", string.Concat(exports) + "exec \"$@\"", "--"];
    }

    private static IEnumerable<Mount> Code(Reload? reload) => reload is not { Mode: ReloadMode.Mount }
        ? []
        : reload.Folders.Select(folder => new BindMount($"{reload.Context}/{folder}", $"{reload.Directory}/{folder}", ReadOnly: true));

    // One image is rebuilt once: the web service does it for all.
    private static IEnumerable<WatchRule> Watched(AppArgs args, ServiceRole role)
    {
        if (args.Reload is not { } reload) yield break;
        if (reload.Mode == ReloadMode.Sync)
            foreach (var folder in reload.Folders)
                yield return new WatchRule(WatchAction.Sync, $"{reload.Context}/{folder}") { Target = $"{reload.Directory}/{folder}", Ignore = reload.Ignore };
        if (role != ServiceRole.Web || args.Image is not BuiltImage image) yield break;
        foreach (var path in reload.RebuildOn.Select(file => $"{reload.Context}/{file}").Prepend(image.DockerfilePath))
            yield return new WatchRule(WatchAction.Rebuild, path);
    }

    private static string FileName(string variable) => variable.ToLowerInvariant().Replace('_', '-');

    private static string PathOf(string variable) => $"{ServiceFile.SecretsDirectory}/{FileName(variable)}";
}
