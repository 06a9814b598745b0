using Infra.Model;
using Infra.Operations.ComposeInput.Recognition;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>Without a version it is the newest Postgres, which from 18 on has its data elsewhere.</summary>
internal static class NewestPostgres
{
    public static ComposeRule Rule { get; } = new("PERSISTENT-STATE", Severity.Error, "Postgres' volume is where its version keeps the data", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Topology.Services
        where service.Image is PinnedImage { Digest: null } && PostgresLayout.Major(service.Image) is null
        where KnownImage.Bare(((PinnedImage)service.Image).Reference) == "postgres"
        where !service.Environment.ContainsKey("PGDATA")
        where service.Mounts.Any(mount => mount.Target.TrimEnd('/') == PostgresLayout.Child)
            && service.Mounts.All(mount => mount.Target.TrimEnd('/') != PostgresLayout.Parent)
        select Rule.Error(
            service.Name,
            $"volumes#{PostgresLayout.Child}",
            $"without a version this is the newest Postgres, and from 18 on it refuses to start with a volume at '{PostgresLayout.Child}'.",
            $"Name the version that the data are of, or, from 18 on, mount the volume at '{PostgresLayout.Parent}'."
        );
}
