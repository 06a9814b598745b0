using System.Collections.Immutable;

namespace Infra.Operations.Yaml;

/// <summary>A value of a YAML file and where it begins.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
internal abstract record YamlValue(int Line, int Column)
{
    /// <summary>How many values it is, those inside it and its own, each as often as it is referred to.</summary>
    public int Count { get; protected init; } = 1;

    /// <summary>How many values deep it is.</summary>
    public int Depth { get; protected init; } = 1;
}

/// <summary>A text, a number, a truth value: YAML's own difference is the reader's to make.</summary>
internal sealed record YamlScalar(int Line, int Column, string Text, bool IsPlain) : YamlValue(Line, Column)
{
    /// <summary>Whether it means no value.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
internal sealed record YamlList : YamlValue
{
    public YamlList(int line, int column, ImmutableArray<YamlValue> items) : base(line, column)
    {
        Items = items;
        Count = 1 + items.Sum(item => item.Count);
        Depth = 1 + items.Select(item => item.Depth).DefaultIfEmpty().Max();
    }

    public ImmutableArray<YamlValue> Items { get; }
}

/// <summary>A key of a map with its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlValue Value);

/// <summary>A map of texts to values, in the file's order, what it merges included.</summary>
internal sealed record YamlMap : YamlValue
{
    public YamlMap(int line, int column, ImmutableArray<YamlEntry> entries) : base(line, column)
    {
        Entries = entries;
        Count = 1 + entries.Sum(entry => 1 + entry.Value.Count);
        Depth = 1 + entries.Select(entry => entry.Value.Depth).DefaultIfEmpty().Max();
    }

    public ImmutableArray<YamlEntry> Entries { get; }

    public YamlValue? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;
}
