namespace Infra.Operations.Statuses;

/// <summary>How a service is, or one of its containers where it has several.</summary>
public sealed record StatusRow(string Service, string State, bool IsWell, string Ports, string Memory, string Limit, string Cpu);
