using Infra.Model;
using Infra.Operations.Running;
using Infra.Targets;

namespace Infra.Operations.Adoption;

/// <summary>Refuses data of Postgres that another version or C library wrote, or that lie where this one does not look.</summary>
internal static class AdoptedPostgres
{
    private const string Mark = "PG_VERSION";

    private const string Docs = "docs/applications.md, 'Volumes that exist already'";

    // The number of the user 'postgres' in the public images, and whose C library they have.
    private static readonly (int User, string Variant, string Writer)[] Users =
        [(70, "-alpine", "an alpine image"), (999, "-debian", "an image of Debian's")];

    public static void Check(AdoptedStore store, Action<string> refuse)
    {
        if (PostgresLayout.Major(store.Owner.Image) is not { } major || WrittenBy.From(store.Owner) is not { Label: var next }) return;
        var clusters = store.Content.Entries
            .Where(entry => entry.Path == Mark || entry.Path.EndsWith("/" + Mark, StringComparison.Ordinal)).ToList();
        var own = PostgresLayout.Folder(major) == PostgresLayout.Parent ? FormattableString.Invariant($"{major}/docker/{Mark}") : Mark;
        if (clusters.Count == 0)
            refuse($"{store.Name}: It has files ({string.Join(", ", store.Content.Roots.Take(3).Select(entry => entry.Path))}), and none of "
                + $"them is Postgres' {Mark}: '{store.Owner.Name}' would begin with an empty database. Name the volume that has the data.");
        else if (clusters.Find(cluster => cluster.Path == own) is { } there && Version(there) == major)
            RequireOwner(store, there, major, next, refuse);
        else if (clusters.Find(cluster => Version(cluster) == major) is { } elsewhere)
            refuse(FormattableString.Invariant($"{store.Name}: The data of Postgres {major} lie in {FolderOf(elsewhere.Path)}, ")
                + $"and '{store.Owner.Name}' looks in {FolderOf(own)}. Move them there ({Docs}).");
        else
        {
            var newest = clusters.MaxBy(Version)!;
            refuse(FormattableString.Invariant($"{store.Name}: The volume has data of Postgres {Version(newest)}, and {next} would start on it now. ")
                + Advice(store, newest, next));
        }
    }

    // Another number means another image, and mostly another C library. The server refuses to start on it anyway.
    private static void RequireOwner(AdoptedStore store, VolumeEntry cluster, int major, string next, Action<string> refuse)
    {
        if (store.Content.User is not { } user || cluster.Owner == user) return;
        var writer = Array.Find(Users, known => known.User == cluster.Owner).Writer is { } writing ? $", as {writing} writes them" : "";
        refuse(FormattableString.Invariant($"{store.Name}: The data of Postgres {major} in it belong to the user {cluster.Owner}{writer}, ")
            + FormattableString.Invariant($"and {next} would start on them now as the user {user}. ")
            + "Another C library sorts texts otherwise, and an index would miss rows. " + Advice(store, cluster, next));
    }

    private static string Advice(AdoptedStore store, VolumeEntry cluster, string next)
    {
        if (Array.Find(Users, known => known.User == cluster.Owner).Variant is not { } variant)
            return $"Drop 'infra:volumes.{store.Volume.Name}', and move the data by a dump ('pg_dump', with the image that wrote them).";
        var label = FormattableString.Invariant($"registry/postgres:{Version(cluster)}{variant}");
        return PostgresMove.Advice(store.Naming, store.Owner, store.Volume, label, next, []);
    }

    private static int Version(VolumeEntry cluster) => int.TryParse(cluster.Text.Split('.')[0], out var major) ? major : 0;

    private static string FolderOf(string path) => path == Mark ? "its root" : $"its folder '{path[..^(Mark.Length + 1)]}'";
}
