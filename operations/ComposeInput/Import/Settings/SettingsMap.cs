namespace Infra.Operations.ComposeInput.Import.Settings;

/// <summary>Keys and values in the order in which they are written, with comments before them.</summary>
internal sealed record SettingsMap : SettingsNode
{
    private readonly List<SettingsEntry> entries = [];

    public IReadOnlyList<SettingsEntry> Entries => entries;

    public bool IsEmpty => entries.Count == 0;

    public SettingsNode? this[string key] => entries.Find(entry => entry.Key == key)?.Value;

    /// <summary>Writes a key, in the place where it stands already, if it does. Nothing is written where there is no value.</summary>
    public SettingsMap Set(string key, SettingsNode? value, string? comment = null)
    {
        if (value is null or SettingsMap { IsEmpty: true } or SettingsList { Items.IsEmpty: true }) return this;
        var at = entries.FindIndex(entry => entry.Key == key);
        var entry = new SettingsEntry(key, value, comment ?? (at < 0 ? null : entries[at].Comment));
        if (at < 0) entries.Add(entry);
        else entries[at] = entry;
        return this;
    }

    /// <summary>Writes a key with a text, where there is one.</summary>
    public SettingsMap Set(string key, string? text) => Set(key, text is null ? null : Text(text));

    /// <summary>Writes a map even where nothing is in it: a service that only has a name.</summary>
    public SettingsMap SetWhole(string key, SettingsMap value, string? comment = null)
    {
        entries.Add(new SettingsEntry(key, value, comment));
        return this;
    }

    /// <summary>The map below a key, made where there is none.</summary>
    public SettingsMap Below(string key)
    {
        if (this[key] is SettingsMap known) return known;
        var map = new SettingsMap();
        entries.Add(new SettingsEntry(key, map, null));
        return map;
    }

    /// <summary>Takes a key away.</summary>
    public void Remove(string key) => entries.RemoveAll(entry => entry.Key == key);
}

/// <summary>A key with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Comment">What is said of it in a line before it.</param>
internal sealed record SettingsEntry(string Key, SettingsNode Value, string? Comment);
