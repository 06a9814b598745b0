using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>What a service that keeps its password in its own data must be told when the secret gets another value.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Command">Run inside its container, with the new value as its input.</param>
public sealed record PasswordChange(Secret Secret, ImmutableArray<string> Command);
