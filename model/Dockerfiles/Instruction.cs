using System.Collections.Immutable;
using System.Text.Json;

namespace Infra.Model.Dockerfiles;

/// <summary>One instruction of a Dockerfile.</summary>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Keyword">Its name in capitals: <c>RUN</c>.</param>
/// <param name="Flags">What begins with two hyphens: <c>--mount=type=cache,target=/root/.cache</c>.</param>
/// <param name="Text">The rest, in one line, with the build arguments that are known filled in; a heredoc's lines follow it.</param>
public sealed record Instruction(int Line, string Keyword, ImmutableArray<string> Flags, string Text)
{
    /// <summary>Whether it is written in exec form, a list that no shell splits.</summary>
    public bool IsExecForm => Text.StartsWith('[') && Text.EndsWith(']');

    /// <summary>The arguments of the list; none where it is not written in exec form.</summary>
    public ImmutableArray<string> ExecWords
    {
        get
        {
            if (!IsExecForm) return [];
            try
            {
                // Read at every start, where a serializer's reflection would be a good part of it.
                using var list = JsonDocument.Parse(Text);
                var items = list.RootElement.EnumerateArray();
                return items.All(IsText) ? [.. items.Select(item => item.GetString() ?? "")] : [];
            }
            // An engine reads it as a shell's line then.
            catch (JsonException)
            {
                return [];
            }
        }
    }

    /// <summary>The words of the text, with their quotes.</summary>
    public ImmutableArray<string> Words => [.. Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The value of a flag, without its name: <c>builder</c> of <c>--from=builder</c>.</summary>
    public string? Flag(string name) => Flags.FirstOrDefault(flag => flag.StartsWith($"--{name}=", StringComparison.Ordinal))?[(name.Length + 3)..];

    /// <summary>Whether a folder is kept between builds for it.</summary>
    public bool HasCacheMount =>
        Flags.Any(flag => flag.StartsWith("--mount=", StringComparison.Ordinal) && flag.Contains("type=cache", StringComparison.Ordinal));

    private static bool IsText(JsonElement item) => item.ValueKind is JsonValueKind.String or JsonValueKind.Null;
}
