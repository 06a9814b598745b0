using System.Globalization;
using Infra.Model;
using static Infra.Operations.ComposeInput.Review.Advising.Advice;
using static Infra.Operations.ComposeInput.Review.Advising.AdviceTable;

namespace Infra.Operations.ComposeInput.Review.Advising;

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
        var path = found.Subject;
        // The other finding says it better.
        if (ReviewedApplication.HasWrongLayout(found.Service)) return null;
        var mount = found.Service.Mounts.Where(mount => IsIn(path, mount.Target.TrimEnd('/'))).MaxBy(mount => mount.Target.Length);
        var anonymous = found.Keys.Items("volumes").Select(volume => volume["target"]?.GetValue<string>() ?? "")
            .Any(target => IsIn(path, target.TrimEnd('/')));
        return mount switch
        {
            BindMount bind => Warning(
                $"volumes#{bind.Target}",
                "Mount a named volume, unless the folder itself is what you back up.",
                $"the data in '{path}' are in the host's folder '{bind.Source}': whose files they are and how fast they are written depends on the machine."
            ),
            TmpfsMount => Warning("tmpfs", "Mount a named volume there, unless they may be lost.", $"the data in '{path}' are in memory: gone with the container."),
            VolumeMount { ReadOnly: true } read => Error($"volumes#{read.Target}", "Mount it without 'ro'."),
            _ => new Advice(
                found.Service.Role == ServiceRole.Database ? Severity.Error : Severity.Warning,
                anonymous ? $"volumes#{path}" : "",
                $"Mount a named volume: 'volumes: [\"{found.Service.Name}-data:{path}\"]', and '{found.Service.Name}-data:' in the file's own 'volumes'.",
                $"the data in '{path}' are on no volume with a name: the next container after 'docker compose down' begins without them."
            ),
        };
    }

    private static Advice Layout(Advised found)
    {
        var right = PostgresLayout.Folder(found.Service.Image)!;
        return Error(
            $"volumes#{found.Subject}",
            $"Mount the volume at '{right}'.",
            right == PostgresLayout.Parent
                ? $"Postgres {Major(found)} refuses to start with a volume at '{found.Subject}': from 18 on, its image keeps each version's data below '{right}'."
                : $"Postgres {Major(found)} keeps its data in '{right}', and the volume at '{found.Subject}' stays empty: they are lost with the container."
        );
    }

    private static string Major(Advised found) => PostgresLayout.Major(found.Service.Image)?.ToString(CultureInfo.InvariantCulture) ?? "";

    // What only reads does no harm: a backup, a server of files.
    private static Advice? Shared(Advised found)
    {
        var writers = found.Finding.Where.Split(", ").Select(found.Topology.Find).OfType<ServiceSpec>().Where(service => Writes(service, found.Subject));
        return writers.ToArray() switch
        {
            [] => null,
            var all when all.Any(service => service.Role == ServiceRole.Database) => Error("volumes", "Mount a volume with a name of its own."),
            _ => Warning("volumes", "Mount it read-only (':ro'), or a volume with a name of its own."),
        };
    }

    private static bool Writes(ServiceSpec service, string volume) =>
        service.Mounts.OfType<VolumeMount>().Any(mount => mount.Volume.Name == volume && !mount.ReadOnly);

    private static Advice? Project(Advised found) =>
        found.Service.Mounts.OfType<BindMount>().FirstOrDefault(mount => mount.Target == found.Subject) is { } mount
            ? Warning(
                $"volumes#{found.Subject}",
                "Mount what changes ('./src:/app/src'), and that in a 'compose.override.yaml' for development.",
                $"it mounts '{mount.Source}', the whole folder of the project, with its '.git' and '.env': what runs is not what was built."
            )
            : null;

    private static bool IsIn(string path, string folder) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
