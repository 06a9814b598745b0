using System.Globalization;
using System.Text.Json.Nodes;

namespace Infra.Stacks.Configuration;

/// <summary>The kinds of values that settings have. Numbers and flags may be in quotes, as <c>pulumi config set</c> writes them.</summary>
internal static class SettingKinds
{
    public static readonly SettingKind Text = Scalar("text", "a text");

    public static readonly SettingKind Flag = new("true, false", "true or false", () => new JsonObject
    {
        ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "boolean" }, Pattern("^([Tt]rue|TRUE|[Ff]alse|FALSE)$")),
    });

    public static readonly SettingKind Memory = Scalar(
        "size",
        "a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB",
        @"^\s*[0-9]+(\.[0-9]+)?\s*([kKmMgGtT]i?)?[bB]?\s*$"
    );

    public static readonly SettingKind Cpus = new("cores", "a number of cores from 0.01 to 1024, such as 0.5", () => new JsonObject
    {
        ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "number", ["minimum"] = 0.01, ["maximum"] = 1024 }, Pattern(@"^[0-9]*\.?[0-9]+$")),
    });

    public static readonly SettingKind Image = Scalar("image", "an image", "^[a-z0-9]");

    public static readonly SettingKind Path = Scalar("path", "a path");

    public static readonly SettingKind Command = new(
        "command",
        "a list of arguments, or one line",
        () => new JsonObject { ["anyOf"] = new JsonArray(AnyText(), ListOfTexts()) }
    );

    public static readonly SettingKind List = new("list", "a list", ListOfTexts);

    public static readonly SettingKind Map = new("map", "a map of names to texts", () => new JsonObject
    {
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "null") },
    });

    public static readonly SettingKind Waits = new(
        "list or map",
        "a list of services, or a map of them to started, healthy or completed",
        () => new JsonObject
        {
            ["anyOf"] = new JsonArray(
                ListOfTexts(),
                new JsonObject
                {
                    ["type"] = "object",
                    ["additionalProperties"] = new JsonObject { ["enum"] = new JsonArray("started", "healthy", "completed") },
                }
            ),
        }
    );

    public static readonly SettingKind Ulimits = new("map", "a map of limits to a number, or to { soft: …, hard: … }", () => new JsonObject
    {
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                Limit(),
                new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["soft"] = Limit(), ["hard"] = Limit() },
                    ["required"] = new JsonArray("soft", "hard"),
                    ["additionalProperties"] = false,
                }
            ),
        },
    });

    public static readonly SettingKind Gpus = new("all, 1 to 64", "all, or a whole number from 1 to 64", () => new JsonObject
    {
        ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 64 }, Pattern("^(all|[1-9][0-9]?)$")),
    });

    /// <summary>A whole number between two others, both of them included.</summary>
    public static SettingKind Number(int least, int most) => new(
        FormattableString.Invariant($"{least} to {most}"),
        FormattableString.Invariant($"a whole number from {least} to {most}"),
        () => new JsonObject
        {
            ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most }, Pattern("^[0-9]+$")),
        });

    /// <summary>One of an enumeration's names, as settings spell them.</summary>
    public static SettingKind Choice(Type type)
    {
        var names = Enum.GetNames(type).Select(Spelled).ToArray();
        return new SettingKind(
            string.Join(", ", names),
            "one of " + string.Join(", ", names),
            () => new JsonObject { ["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) }
        );
    }

    /// <summary><c>NoEviction</c> → <c>no-eviction</c>.</summary>
    public static string Spelled(string name) => string.Concat(name.Select((letter, at) =>
        char.IsUpper(letter) ? (at == 0 ? "" : "-") + char.ToLower(letter, CultureInfo.InvariantCulture) : letter.ToString()));

    private static SettingKind Scalar(string name, string words, string? pattern = null) =>
        new(name, words, () => pattern is null ? AnyText() : Pattern(pattern));

    private static JsonObject ListOfTexts() => new() { ["type"] = "array", ["items"] = AnyText() };

    private static JsonObject Limit() => new()
    {
        ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer", ["minimum"] = -1, ["maximum"] = int.MaxValue }, Pattern("^(-1|[0-9]+)$")),
    };

    // What is written without quotes is a text all the same.
    private static JsonObject AnyText() => new() { ["type"] = new JsonArray("string", "number", "boolean") };

    private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };
}
