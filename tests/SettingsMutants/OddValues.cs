using Infra.Tests.Offline;

namespace Infra.Tests.SettingsMutants;

/// <summary>What people, tools and mistakes write into settings.</summary>
internal sealed class OddValues
{
    private static readonly ILookup<string, string> Given = File.ReadLines(Repository.PathOf("tests", "SettingsMutants", "settings.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ', 2))
        .ToLookup(words => words[0], words => words[1]);

    /// <summary>Anything at all, as it stands in a file.</summary>
    public static readonly IReadOnlyList<string> Any =
    [
        .. File.ReadAllLines(Repository.PathOf("tests", "SettingsMutants", "anything.txt")),
        "\u001b", "\ufeff", "\u202e", "\u2028", "\u0085", "|\nline one\nline two", ">-\nfolded\ntext", "|+\n\n", "|2-\n x",
    ];

    /// <summary>Names, between quotes where they need them.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "web", "worker", "postgres", "secrets", "default", "app", "x", "a-", "a_b", "a-b", "ab", "web2", "null", "\"null\"", "true", "1",
        "\"\"", "\" \"",
        "Web", "WEB", "wéb", "日本", "\"a b\"", "\"a.b\"", "\"a/b\"", "\"..\"", "\"a:b\"", "\"a'b\"", "'a\"b'", "\"$A\"", "\"${A}\"",
        "\"{web.url}\"", "\"{\"", "\"}}\"",
        "\"*\"", "\"&a\"", "\"#\"", "-", "\"\\n\"", "\"\\0\"", "\"\\u202e\"", "localhost", "host-gateway", "proxy", "backup", "prometheus", "carrier",
        new string('a', 40), new string('a', 41), new string('a', 64), new string('a', 300), "<<", "secure", "infra:web", "=",
    ];

    /// <summary>What is put into the middle of a text.</summary>
    public static readonly IReadOnlyList<string> Pieces =
    [
        "$", "${X}", "$$", "$X", "{web.url}", "{postgres.url}", "{redis.host}", "{", "}", "{{", "}}", "'", "\"", "\\", "\n", "\t", "\r",
        "\0", "\u202e", "\u2028",
        "\ud83d\ude00", "é", "日本", "..", "/../", "/", "//", " ", "  ", ":", ":ro", ",", ";", "&&", "|", "`", "#", " #", "%", "@", "*", "!",
        "=", "~", "-", "0", "A",
        new string('x', 300), new string('y', 5000),
    ];

    public static readonly IReadOnlyList<string> Numbers =
    [
        "0", "1", "2", "-1", "65535", "65536", "2147483647", "2147483648", "9223372036854775808", "1e3", "1e99", "0x10", "010", "0.5",
        "-0.5", ".5", "5.", "1_000",
        "0.0001", ".inf", ".nan", "+1", "\"1\"", "\" 1\"", "1MiB", "1B", "0B", "1KB", "1EiB", "99999999999999999999MiB", "1s", "1m", "100%",
    ];

    public static IReadOnlyList<string> Keys { get; } = [.. Given.Select(group => group.Key)];

    /// <summary>What such a key might be given.</summary>
    public static IReadOnlyList<string> For(string key) => [.. Given[key]];
}
