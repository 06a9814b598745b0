using System.Collections.Immutable;

namespace Infra.Stacks.Configuration;

/// <summary>One setting, as the one who reads it declares it: parser, page, table and JSON Schema are all of this.</summary>
/// <param name="Path">Its path in the namespace: <c>web.port</c>.</param>
/// <param name="Kind">What its value may be; nothing for a section, which holds further settings.</param>
/// <param name="Usual">Its default as a page says it: a value in backquotes, or words; nothing where there is none.</param>
/// <param name="Sentence">What it sets.</param>
/// <param name="Stacks">The stacks that it is for.</param>
public sealed record Setting(string Path, SettingKind? Kind, string? Usual, string Sentence, StackKinds Stacks)
{
    /// <summary>Whether it says itself what stacks it is for, instead of the section that it is in.</summary>
    public bool IsNarrowed { get; init; }

    /// <summary>Whether the sections below it are named by whoever writes the file, each with the keys of its kind.</summary>
    public bool IsMapOfKinds { get; init; }

    /// <summary>What stands for the names of the sections below it, where they have the same keys and whoever writes the file names them.</summary>
    public string? Names { get; init; }

    /// <summary>The key that such a section sets where it is a text alone; none where it cannot be.</summary>
    public string? ShortKey { get; init; }

    /// <summary>Its last key.</summary>
    public string Key => Path[(Path.LastIndexOf('.') + 1)..];
}

/// <summary>The settings that have been declared while a file was read.</summary>
internal sealed class Declarations
{
    /// <summary>Whether every kind of service is declared, and not only the settings of the services that are named.</summary>
    public bool AreWhole { get; init; }

    private readonly Dictionary<string, Setting> settings = new(StringComparer.Ordinal);

    /// <summary>All of them, in the order in which they are read.</summary>
    public ImmutableArray<Setting> All => [.. settings.Values];

    /// <summary>Declares one; who asks a second time, from within a reader, says nothing new.</summary>
    public void Add(Setting setting) => settings.TryAdd(setting.Path, setting);
}
