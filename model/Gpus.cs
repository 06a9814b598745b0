namespace Infra.Model;

/// <summary>Graphics processors of the host in a container.</summary>
/// <param name="Count">How many; every one when unset.</param>
public sealed record Gpus(int? Count = null);
