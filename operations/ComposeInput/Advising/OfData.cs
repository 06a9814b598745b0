using System.Globalization;
using Infra.Model;
using Infra.Operations.ComposeInput.Review;
using static Infra.Operations.ComposeInput.Advising.Advice;
using static Infra.Operations.ComposeInput.Advising.AdviceTable;

namespace Infra.Operations.ComposeInput.Advising;

/// <summary>State, volumes and mounts.</summary>
internal static class OfData
{
    public static IEnumerable<KeyValuePair<string, Func<Advised, Advice?>>> Rows { get; } =
    [
        None("PERSISTENT-STATE unsaid"),
        Row("PERSISTENT-STATE state", State),
        Row("PERSISTENT-STATE layout", Layout),
        Row("MOUNTS twice", found => Error($"volumes#{found.Subject}", "Give each a path of its own.")),
        None("MOUNTS over-file"),
        None("MOUNTS name"),
        Row("MOUNTS owner", Shared),
        Row("PROJECT-ROOT mount", Project),
    ];

    private static Advice? State(Advised found)
    {
        // The other finding says it better.
        if (ReviewedApplication.HasWrongLayout(found.Service)) return null;
        var path = found.Subject;
        var mount = found.Service.Mounts.Where(mount => IsIn(path, mount.Target.TrimEnd('/'))).MaxBy(mount => mount.Target.Length);
        return mount switch
        {
            BindMount bind => Warning(
                $"volumes#{bind.Target}",
                "Mount a named volume, unless the folder itself is what you back up.",
                $"the data in '{path}' are in the host's folder '{bind.Source}': "
                    + "whose files they are and how fast they are written depends on the machine."
            ),
            TmpfsMount => Warning(
                "tmpfs",
                "Mount a named volume there, unless they may be lost.",
                $"the data in '{path}' are in memory: gone with the container."
            ),
            VolumeMount { ReadOnly: true } read => Error($"volumes#{read.Target}", "Mount it without 'ro'."),
            _ => OnNoVolume(found, path),
        };
    }

    private static Advice OnNoVolume(Advised found, string path)
    {
        var volume = found.Service.Name + "-data";
        var isAnonymous = found.Keys.Items("volumes").Select(mount => mount["target"]?.GetValue<string>() ?? "")
            .Any(target => IsIn(path, target.TrimEnd('/')));
        return new Advice(
            found.Service.Role == ServiceRole.Database ? Severity.Error : Severity.Warning,
            isAnonymous ? $"volumes#{path}" : "",
            $"Mount a named volume: 'volumes: [\"{volume}:{path}\"]', and '{volume}:' in the file's own 'volumes'.",
            $"the data in '{path}' are on no volume with a name: the next container after 'docker compose down' begins without them."
        );
    }

    private static Advice Layout(Advised found)
    {
        var right = PostgresLayout.Folder(found.Service.Image)!;
        var version = $"Postgres {PostgresLayout.Major(found.Service.Image)?.ToString(CultureInfo.InvariantCulture)}";
        return Error(
            $"volumes#{found.Subject}",
            $"Mount the volume at '{right}'.",
            right == PostgresLayout.Parent
                ? $"{version} refuses to start with a volume at '{found.Subject}': from 18 on, its image keeps each version's data below '{right}'."
                : $"{version} keeps its data in '{right}', and the volume at '{found.Subject}' stays empty: they are lost with the container."
        );
    }

    // What only reads does no harm: a backup, a server of files.
    private static Advice? Shared(Advised found)
    {
        var writers = found.Finding.Where.Split(", ").Select(found.Topology.Find).OfType<ServiceSpec>()
            .Where(service => Writes(service, found.Subject)).ToArray();
        if (writers.Length == 0) return null;
        return Array.Exists(writers, service => service.Role == ServiceRole.Database)
            ? Error("volumes", "Mount a volume with a name of its own.")
            : Warning("volumes", "Mount it read-only (':ro'), or a volume with a name of its own.");
    }

    private static bool Writes(ServiceSpec service, string volume) =>
        service.Mounts.OfType<VolumeMount>().Any(mount => mount.Volume.Name == volume && !mount.ReadOnly);

    private static Advice? Project(Advised found)
    {
        if (found.Service.Mounts.OfType<BindMount>().FirstOrDefault(mount => mount.Target == found.Subject) is not { } mount) return null;
        var code = found.Service.Image is BuiltImage ? "what runs is not what was built" : "the code is in no image";
        return Warning(
            $"volumes#{found.Subject}",
            "Mount what changes ('./src:/app/src'), and that in a 'compose.override.yaml' for development.",
            $"it mounts '{mount.Source}', the whole folder of the project with whatever lies there ('.env', '.git'), and {code}."
        );
    }

    private static bool IsIn(string path, string folder) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
