using System.Collections.Immutable;

namespace Infra.Stacks.Configuration;

/// <summary>What an image runs, as far as its Dockerfile says, in exec form.</summary>
/// <param name="Entrypoint">What it runs its commands by.</param>
/// <param name="Command">What it runs unless it is given something else.</param>
internal sealed record ImageStart(ImmutableArray<string> Entrypoint, ImmutableArray<string> Command)
{
    /// <summary>That of an image of which nothing is known.</summary>
    public static ImageStart Unknown { get; } = new([], []);
}
