namespace Infra.Model;

/// <summary>The labels by which objects on an engine are found again.</summary>
public static class Labels
{
    /// <summary>The stack, as <c>{project}-{stack}</c>.</summary>
    public const string Stack = "infra.stack";

    /// <summary>The name of the engine that made it.</summary>
    public const string Engine = "infra.engine";

    /// <summary>The service, on containers.</summary>
    public const string Service = "infra.service";

    /// <summary>Which of a service's containers it is, from 2 on; the first has no such label.</summary>
    public const string Replica = "infra.replica";

    /// <summary>What first wrote a volume, as <c>family/name:major</c>: <c>debian/postgres:17</c>.</summary>
    public const string WrittenBy = "infra.written-by";

    /// <summary>A hash of what the engine would not notice to have changed.</summary>
    public const string Fingerprint = "infra.fingerprint";

    /// <summary>A hash of what an image was built from.</summary>
    public const string Context = "infra.context";

    /// <summary>What is known of a stack's releases, on the empty image that keeps it.</summary>
    public const string Releases = "infra.releases";

    /// <summary>That a container only opens volumes for a service.</summary>
    public const string Opener = "infra.opener";
}
