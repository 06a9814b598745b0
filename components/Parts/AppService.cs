using System.Collections.Immutable;
using Infra.Components.Programs;
using Infra.Model;

namespace Infra.Components.Parts;

/// <summary>What web, worker, beat and Flower have in common.</summary>
internal static class AppService
{
    public static ServiceSpec Describe(string kind, string name, ServiceRole role, AppArgs args, ImmutableArray<string> command)
    {
        if (args is { HasShell: false, Delivery: SecretDelivery.Export })
            throw new ArgumentException(
                $"'{name}' would have its secrets exported by a shell, and its image has none. "
                    + "Deliver them as files (infra:app.delivery: file), or use an image with a shell."
            );
        var handed = Handed(args);
        if (args.Reload is not null && command.IsEmpty && !args.IsEntrypointReplaced) command = args.ImageCommand;
        // What nobody can start anew runs the code that the image has.
        var reload = command.IsEmpty ? null : args.Reload;
        if (reload is not null) command = reload.Around(command, overlap: role == ServiceRole.Worker);
        if (!args.First.IsEmpty) command = ["sh", "-c", $"{string.Join(' ', args.First.Select(Reload.Quote))} && exec \"$@\"", "--", .. command];
        if (args.StartupWaits is not null) command = args.StartupWaits.Around(command);
        if (command.IsEmpty && (!args.First.IsEmpty || args.StartupWaits is not null))
            throw new ArgumentException($"'{name}' has no command that something could run before. Write it.");
        ImmutableArray<string> entering = args.Delivery == SecretDelivery.Export && !handed.IsEmpty ? Exporting(handed) : [];
        if (!entering.IsEmpty && command.IsEmpty && !args.IsEntrypointReplaced) command = args.ImageCommand;
        return new ServiceSpec(kind, name)
        {
            Role = role,
            Image = args.Image,
            CommandPrefix = entering,
            // An entrypoint of the image's own runs first, and finds the secrets: it may wait for what they lead to.
            Entrypoint = (entering.IsEmpty && !args.IsEntrypointReplaced) || args.Entrypoint.IsEmpty ? [] : [.. entering, .. args.Entrypoint],
            Command = args.Entrypoint.IsEmpty && !command.IsEmpty ? [.. entering, .. command] : command,
            Environment = Environment(args, handed, reload),
            Public = args.Public,
            Files =
            [
                .. handed.Select(each => each.File),
                .. args.Files,
                .. reload is { Reloader: Reloader.Preload } ? [Reload.Program] : ImmutableArray<ServiceFile>.Empty,
                .. args.StartupWaits is null ? [] : ImmutableArray.Create(StartupWaits.Program),
            ],
            Mounts = [.. args.Mounts, new TmpfsMount("/tmp", args.Temporary), .. Code(reload)],
            WaitsFor =
            [
                .. args
                    .Needs.SelectMany(need => need.Services)
                    .Select(service => service.AsWait())
                    .Concat(args.After.Select(service => service.AsWait()))
                    .Distinct(),
            ],
            Externals = args.Externals,
            Networks = args.Networks,
            Memory = args.Memory,
            ReservedMemory = args.ReservedMemory,
            Cpus = args.Cpus,
            ReservedCpus = args.ReservedCpus,
            Pids = 256,
            Capabilities = Capabilities.Only(),
            ReadOnly = args.ReadOnly,
            Watch = [.. Watched(args, role)],
            VolumeOpener = VolumeOpener(args),
        };
    }

    private static ImmutableSortedDictionary<string, Template> Environment(AppArgs args, ImmutableArray<HandedFile> handed, Reload? reload)
    {
        var variables = args.Usual.ToBuilder();
        if (args.Delivery == SecretDelivery.File)
            foreach (var each in handed) variables[each.Variable + "_FILE"] = each.File.Path;
        if (reload is not null) variables["WATCHFILES_FORCE_POLLING"] = "false";
        foreach (var need in args.Needs)
            if (!need.Value.HasSecrets) variables[need.Variable] = need.Value;
        return variables.ToImmutable().SetItems(args.Environment);
    }

    // The URLs of what it needs and the secrets of its own.
    private static ImmutableArray<HandedFile> Handed(AppArgs args)
    {
        var form = args.Delivery == SecretDelivery.Export ? SecretForm.Variable : SecretForm.Bytes;
        return
        [
            .. args.Needs.Where(need => need.Value.HasSecrets).Select(need => FileOf(need.Variable, need.Value)),
            .. args.Secrets.Select(secret => FileOf(secret.Key, secret.Value.In(form))),
        ];
    }

    private static HandedFile FileOf(string variable, Template value) => IsVariable(variable)
        ? new HandedFile(variable, new ServiceFile(variable.ToLowerInvariant().Replace('_', '-'), value))
        : throw new ArgumentException($"'{variable}' is not the name of a variable. Write letters, digits and '_', and no digit first.");

    private static bool IsVariable(string name)
        => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    // A process that becomes the command: the values are in its environment, and in no `inspect`, since the engine never saw them.
    // The dot keeps the line breaks at a value's end, which a shell would cut off.
    private static ImmutableArray<string> Exporting(ImmutableArray<HandedFile> handed)
    {
        var exports = handed.Select(each =>
            $"{each.Variable}=\"$(cat {each.File.Path} && echo .)\" || exit; export {each.Variable}=\"${{{each.Variable}%.}}\"; "
        );
        return ["sh", "-c", string.Concat(exports) + "exec \"$@\"", "--"];
    }

    // As the image's /tmp is: for every user in it. One that has another owner, or is not empty, stays as it is.
    private static ImmutableArray<string> VolumeOpener(AppArgs args) =>
        args.HasShell
            ? [.. Script.Command("open-volumes")]
            :
            [
                "python3",
                "-IS",
                "-c",
                "import os, sys; [os.chmod(path, 0o1777) for path in sys.argv[1:] if "
                    + "(os.stat(path).st_uid, os.stat(path).st_mode & 0o7777) == (0, 0o755) and not os.listdir(path)]",
            ];

    private static IEnumerable<Mount> Code(Reload? reload) => reload is not { Mode: ReloadMode.Mount }
        ? []
        : reload.Folders.Select(folder => new BindMount($"{reload.Context}/{folder}", $"{reload.Directory}/{folder}", ReadOnly: true));

    // A file, and the variable that leads there.
    private sealed record HandedFile(string Variable, ServiceFile File);

    // One image is rebuilt once: the web service does it for all.
    private static IEnumerable<WatchRule> Watched(AppArgs args, ServiceRole role)
    {
        if (args.Reload is not { } reload) yield break;
        if (reload.Mode == ReloadMode.Sync)
            foreach (var folder in reload.Folders)
                yield return new WatchRule(WatchAction.Sync, $"{reload.Context}/{folder}")
                {
                    Target = $"{reload.Directory}/{folder}",
                    Ignore = reload.Ignore,
                };
        if (role != ServiceRole.Web || args.Image is not BuiltImage image)
            yield break;
        foreach (var path in reload.RebuildOn.Select(file => $"{reload.Context}/{file}").Prepend(image.DockerfilePath))
            yield return new WatchRule(WatchAction.Rebuild, path);
    }
}
