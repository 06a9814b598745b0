using System.Collections.Immutable;

namespace Infra.Operations.ComposeInput.Import.Settings;

/// <summary>A value of a settings file that is being written.</summary>
internal abstract record SettingsNode
{
    /// <summary>A text.</summary>
    public static SettingsNode Text(string text) => new SettingsText(text);

    /// <summary>A number, a size, a truth value: never quoted.</summary>
    public static SettingsNode Word(string word) => new SettingsWord(word);

    /// <summary>A number.</summary>
    public static SettingsNode Number(long number) => new SettingsWord(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>True or false.</summary>
    public static SettingsNode Flag(bool flag) => new SettingsWord(flag ? "true" : "false");

    /// <summary>Texts one after the other.</summary>
    public static SettingsNode List(IEnumerable<string> texts) => new SettingsList([.. texts]);
}

internal sealed record SettingsText(string Value) : SettingsNode;

internal sealed record SettingsWord(string Value) : SettingsNode;

internal sealed record SettingsList(ImmutableArray<string> Items) : SettingsNode;
