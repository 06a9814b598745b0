using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>The settings cannot be used; every reason at once.</summary>
public sealed class SettingsException(ImmutableArray<Finding> findings)
    : Exception(string.Join('\n', findings.Select(finding => finding.Sentence)))
{
    public ImmutableArray<Finding> Findings { get; } = findings;
}
