using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Recognition;
using Infra.Operations.ComposeInput.Topologies;

namespace Infra.Operations.ComposeInput.Review;

/// <summary>What a review of Compose files may look at.</summary>
public sealed class ReviewedApplication
{
    private readonly Dictionary<string, Recognized> recognized;

    /// <param name="application">What the files describe.</param>
    public ReviewedApplication(ComposeApplication application)
    {
        var reader = new TopologyReader(application);
        (Application, Recognizer) = (application, reader.Recognizer);
        recognized = application.Services.ToDictionary(service => service.Name, Recognizer.Recognize, StringComparer.Ordinal);
        AsWritten = reader.Read();
        Topology = AsWritten with { Services = [.. AsWritten.Services.Select(WithItsCommand)] };
    }

    /// <summary>What the files say.</summary>
    public ComposeApplication Application { get; }

    /// <summary>What each service is.</summary>
    public Recognizer Recognizer { get; }

    /// <summary>What they describe, each service with the command that they give it.</summary>
    public Topology AsWritten { get; }

    /// <summary>What they describe, each service with the command that it runs, its Dockerfile's too.</summary>
    public Topology Topology { get; }

    /// <summary>The services that run side by side: those without a profile, with those of each profile.</summary>
    public IEnumerable<Topology> Views()
    {
        var profiles = Application.Services.SelectMany(service => service.Words("profiles")).Distinct().ToArray();
        if (profiles.Length == 0) return [Topology];
        return profiles.Select(profile => Topology with
        {
            Services = [.. Topology.Services.Where(service => IsIn(profile, Keys(service.Name).Words("profiles")))],
        });
    }

    /// <summary>What the files say of the service.</summary>
    public ComposeService Keys(string service) => Application.Find(service)!;

    /// <summary>What it is.</summary>
    public Recognized What(string service) => recognized[service];

    /// <summary>Whether nothing is known of what is in its image: a published one of nobody known, or a build that is not read here.</summary>
    public bool IsUnknown(string service) =>
        What(service).Image is null && !Recognizer.DockerfileOf(Keys(service)).IsRead;

    /// <summary>Whether it has Postgres' volume where another major version keeps its data.</summary>
    public static bool HasWrongLayout(ServiceSpec service)
    {
        if (PostgresLayout.Folder(service.Image) is not { } right || service.Environment.ContainsKey("PGDATA")) return false;
        var wrong = right == PostgresLayout.Parent ? PostgresLayout.Child : PostgresLayout.Parent;
        var targets = service.Mounts.Select(mount => mount.Target.TrimEnd('/')).ToArray();
        return targets.Contains(wrong) && !targets.Contains(right);
    }

    private static bool IsIn(string profile, ImmutableArray<string> own) => own.IsEmpty || own.Contains(profile);

    private ServiceSpec WithItsCommand(ServiceSpec service) =>
        service with { Entrypoint = [], Command = Recognizer.CommandOf(Keys(service.Name)) };
}
