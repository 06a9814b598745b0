using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <content>The kinds of values, each with its sentence: a reader declares a setting by reading it.</content>
internal sealed partial class Section
{
    /// <summary>A text.</summary>
    public string? Text(string key, string sentence, string? usually = null, StackKinds only = StackKinds.All)
    {
        Declare(key, SettingKinds.Text, usually, sentence, only);
        return Raw(key);
    }

    /// <summary>A text that has a default.</summary>
    public string TextOr(string key, string usual, string sentence) => Text(key, sentence, Code(usual)) ?? usual;

    /// <summary>Yes or no.</summary>
    public bool Flag(string key, bool usual, string sentence, StackKinds only = StackKinds.All) =>
        Flag(key, sentence, usual ? "`true`" : "`false`", only) ?? usual;

    /// <summary>Yes or no, or neither of them.</summary>
    public bool? Flag(string key, string sentence, string? usually = null, StackKinds only = StackKinds.All)
    {
        Declare(key, SettingKinds.Flag, usually, sentence, only);
        return Parsed<bool>(key, SettingKinds.Flag.Words, bool.TryParse);
    }

    /// <summary>A whole number between two others, both of them included.</summary>
    public int? Number(string key, int least, int most, string sentence, string? usually = null, StackKinds only = StackKinds.All)
    {
        var kind = SettingKinds.Number(least, most);
        Declare(key, kind, usually, sentence, only);
        return Parsed(key, kind.Words, (string text, out int number) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && !IsOctal(text) && number >= least && number <= most);
    }

    // 010 is 8 to Pulumi.
    private static bool IsOctal(string text) => text is ['0', _, ..];

    /// <summary>A whole number that has a default.</summary>
    public int NumberOr(string key, int usual, int least, int most, string sentence, StackKinds only = StackKinds.All)
        => Number(key, least, most, sentence, Code(usual), only) ?? usual;

    /// <summary>A TCP port.</summary>
    public int? Port(string key, string sentence, string? usually = null, StackKinds only = StackKinds.All) =>
        Number(key, 1, MostPort, sentence, usually, only);

    /// <summary>A TCP port that has a default.</summary>
    public int PortOr(string key, int usual, string sentence) => NumberOr(key, usual, 1, MostPort, sentence);

    /// <summary>An amount of memory.</summary>
    public Size? Memory(string key, string sentence, string? usually = null)
    {
        Declare(key, SettingKinds.Memory, usually, sentence, StackKinds.All);
        return Parsed<Size>(key, SettingKinds.Memory.Words, Size.TryParse);
    }

    /// <summary>An amount of memory that has a default.</summary>
    public Size MemoryOr(string key, Size usual, string sentence = "the most memory it may use") =>
        Memory(key, sentence, Code(usual.Text.Replace(" ", "", StringComparison.Ordinal))) ?? usual;

    /// <summary>Processor time.</summary>
    public Cpu? Cpus(string key, string sentence, string? usually = null)
    {
        Declare(key, SettingKinds.Cpus, usually, sentence, StackKinds.All);
        return Parsed<Cpu>(key, SettingKinds.Cpus.Words, Cpu.TryParse);
    }

    /// <summary>Processor time that has a default.</summary>
    public Cpu CpusOr(string key, Cpu usual, string sentence = "the most processor time it may use, in cores") =>
        Cpus(key, sentence, Code(usual.ToString())) ?? usual;

    /// <summary>A time in whole seconds.</summary>
    public TimeSpan? Seconds(string key, string sentence, string? usually = null, int most = SecondsOfADay)
        => Number(key, 1, most, sentence, usually) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>A time in whole seconds that has a default.</summary>
    public TimeSpan SecondsOr(string key, TimeSpan usual, string sentence, int most = SecondsOfADay)
        => Seconds(key, sentence, Code(usual.TotalSeconds), most) ?? usual;

    /// <summary>One of an enumeration's names.</summary>
    public T? Choice<T>(string key, string sentence, string? usually = null, StackKinds only = StackKinds.All) where T : struct, Enum
    {
        var kind = SettingKinds.Choice(typeof(T));
        Declare(key, kind, usually, sentence, only);
        return Chosen(key, kind.Words, typeof(T)) is { } name ? Enum.Parse<T>(name) : null;
    }

    // Not of the enumeration's type: a generic method is compiled for each at every start.
    private string? Chosen(string key, string expected, Type type)
    {
        if (Scalar(key, expected) is not { } text) return null;
        foreach (var name in Enum.GetNames(type))
            if (SettingKinds.Spelled(name) == text) return name;
        return Refused<string?>(key, $"'{text}' is not {expected}.", $"Write {expected}.", null);
    }

    /// <summary>One of an enumeration's names, with a default.</summary>
    public T ChoiceOr<T>(string key, T usual, string sentence, StackKinds only = StackKinds.All) where T : struct, Enum
        => Choice<T>(key, sentence, Code(SettingKinds.Spelled(usual.ToString())), only) ?? usual;

    /// <summary>A command in exec form: a list, or a text that is split at its spaces, quotes respected.</summary>
    public ImmutableArray<string> Command(string key, ImmutableArray<string> usual, string sentence, StackKinds only = StackKinds.All)
    {
        Declare(key, SettingKinds.Command, usual.IsEmpty ? null : Code(string.Join(' ', usual)), sentence, only);
        return Take(key) switch
        {
            null => usual,
            JsonArray list when list.Any(item => item is not JsonValue) => Wrong(key, "a list of texts", usual),
            JsonArray list => Executed(key, Texts(key, list), usual),
            JsonValue value when !CommandLine.IsClosed(value.ToString()) => Refused(
                key,
                "A quote in it is not closed.",
                "Close it, or write the command as a list of arguments.",
                usual
            ),
            JsonValue value => Executed(key, [.. CommandLine.Split(value.ToString())], usual),
            _ => Wrong(key, SettingKinds.Command.Words, usual),
        };
    }

    private ImmutableArray<string> Executed(string key, ImmutableArray<string> words, ImmutableArray<string> fallback)
    {
        if (words is [] or ["", ..])
            return Refused(key, "It is empty.", "Write the command, or drop the setting.", fallback);
        if (words is [var only] && only.Any(char.IsWhiteSpace))
            return Refused(key, $"'{only}' would be the name of one program.", "Write one line without brackets, or each argument apart.", fallback);
        if (words is [.., "-c"] && ShellWords.IsShell(words[0]))
            return Refused(
                key,
                "The shell's -c takes the one argument behind it for its script, and no other.",
                "Write the script behind it, [sh, -c, 'exec …'], or drop the shell.",
                fallback
            );
        return ShellWords.In(words) is not { } word
            ? words
            : Refused(
                key,
                $"'{word}' means something to a shell alone, and none reads this command.",
                "Write [sh, -c, 'exec …'] for a shell to read it; what is to run before the application starts is a service of the kind step.",
                fallback
            );
    }

    /// <summary>Texts in an order.</summary>
    public ImmutableArray<string> List(string key, string sentence, params ImmutableArray<string> usual)
    {
        Declare(key, SettingKinds.List, usual.IsEmpty ? null : Code($"[{string.Join(", ", usual)}]"), sentence, StackKinds.All);
        return RawList(key, usual);
    }

    /// <summary>Texts by their names.</summary>
    public ImmutableSortedDictionary<string, string> Map(string key, string sentence, StackKinds only = StackKinds.All)
    {
        Declare(key, SettingKinds.Map, null, sentence, only);
        return RawMap(key);
    }
}
