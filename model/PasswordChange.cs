using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>How a running service is given another password, with which it goes on; its files have it at its next start.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Command">Run inside its container, with the new value as its input: from then on no other holds.</param>
public sealed record PasswordChange(Secret Secret, ImmutableArray<string> Command)
{
    /// <summary>The same, but the value that it has holds besides; empty where a service can have one alone.</summary>
    public ImmutableArray<string> Addition { get; init; } = [];

    /// <summary>What is run before those that use the service have the new value.</summary>
    public ImmutableArray<string> First => Addition.IsEmpty ? Command : Addition;
}
