using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>The settings cannot be used; with every reason.</summary>
public sealed class SettingsException(ImmutableArray<Finding> findings, Settings? understood = null, SettingsSource? read = null)
    : Exception(string.Join('\n', findings.Select(finding => finding.Sentence)))
{
    private const string Before = " " + SettingsSource.Namespace + ":";

    public ImmutableArray<Finding> Findings { get; } = findings;

    /// <summary>The settings with defaults for whatever is wrong; none where not even the kind of the stack is known.</summary>
    public Settings? Understood { get; } = understood;

    /// <summary>The settings as they were read, where they are understood.</summary>
    public SettingsSource? Read { get; } = read;

    /// <summary>The sections that something is wrong in: <c>app</c>.</summary>
    public IEnumerable<string> Sections => Paths.Select(path => path[0]).Distinct();

    /// <summary>The services that something is wrong in: <c>web</c>.</summary>
    public IEnumerable<string> Services => Paths.Where(path => path is [ServicesReader.Key, _, ..]).Select(path => path[1]).Distinct();

    private IEnumerable<string[]> Paths => Findings.Select(finding => finding.Where).Where(where => where.Contains(Before, StringComparison.Ordinal))
        .Select(where => where[(where.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..].Split('.', '['));
}
