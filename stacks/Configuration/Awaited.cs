using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>How far another service must have come.</summary>
/// <param name="Condition">How far; until it is ready, or has completed, where unset.</param>
public sealed record Awaited(WaitCondition? Condition);
