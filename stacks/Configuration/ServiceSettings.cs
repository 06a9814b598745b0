
namespace Infra.Stacks.Configuration;

/// <summary>One service that the settings name.</summary>
/// <param name="Name">Its name in the stack.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Args">The arguments of its component, without what other services and the stack add.</param>
public sealed record ServiceSettings(string Name, ServiceKind Kind, object Args)
{
    /// <summary>Its variables, secrets and files, those of the application among them; none where it runs no command of the user's.</summary>
    public ProcessSettings? Process { get; init; }

    /// <summary>What any service can be told.</summary>
    public required RuntimeSettings Runtime { get; init; }

    /// <summary>Whether development reloads its code.</summary>
    public bool Reloads { get; init; } = true;

    /// <summary>The other services that its texts mention, or that it stands before.</summary>
    public IEnumerable<string> Mentions =>
        (Process?.References ?? []).SelectMany(text => text.Holes)
            .Select(hole => hole.Service)
            .Concat(Args is PoolSettings pool ? [pool.Database] : [])
            .Where(name => name != ReferenceHole.Secrets && name != Name)
            .Distinct();

    /// <summary>
    /// Whether mentioning the other one means to wait for it: processes of one application know each other's
    /// addresses, and start by themselves.
    /// </summary>
    public bool WaitsForMentioned(ServiceSettings other) => !(Kind.RunsApplication && other.Kind.RunsApplication);
}
