using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>The settings cannot be used; every reason at once.</summary>
public sealed class SettingsException(ImmutableArray<Finding> findings)
    : Exception(string.Join('\n', findings.Select(finding => $"{finding.Where}: {finding.What} {finding.Do}")))
{
    public ImmutableArray<Finding> Findings { get; } = findings;
}
