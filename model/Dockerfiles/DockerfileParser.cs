using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Model.Dockerfiles;

/// <summary>Reads Dockerfiles: continued lines, comments between them, heredocs, flags, build arguments with their defaults.</summary>
public static partial class DockerfileParser
{
    /// <summary>The Dockerfile in a text. What BuildKit would refuse is read as well as it can be: BuildKit says it better.</summary>
    /// <param name="path">Where it is, for messages.</param>
    /// <param name="text">Its content.</param>
    /// <param name="arguments">Values of build arguments, where they are not the defaults.</param>
    public static Dockerfile Parse(string path, string text, IReadOnlyDictionary<string, string> arguments)
    {
        var stages = ImmutableArray.CreateBuilder<Stage>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (line, statement) in DockerfileLines.Join(text))
        {
            var instruction = Instruction(line, Expand(statement, values));
            if (instruction.Keyword == "FROM") stages.Add(From(instruction));
            else if (stages.Count > 0) stages[^1] = stages[^1] with { Instructions = stages[^1].Instructions.Add(instruction) };
            if (instruction.Keyword == "ARG") Remember(instruction, arguments, values);
        }

        return new Dockerfile(path, stages.ToImmutable());
    }

    private static Instruction Instruction(int line, string statement)
    {
        var keyword = statement.Split((char[]?)null, 2)[0];
        var rest = statement[keyword.Length..].TrimStart();
        var flags = ImmutableArray.CreateBuilder<string>();
        while (Flag().Match(rest) is { Success: true } flag)
        {
            flags.Add(flag.Groups[1].Value);
            rest = rest[flag.Length..];
        }

        return new Instruction(line, keyword.ToUpperInvariant(), flags.ToImmutable(), rest.Trim());
    }

    private static Stage From(Instruction instruction)
    {
        var words = instruction.Words;
        var name = words is [_, var word, var alias, ..] && word.Equals("AS", StringComparison.OrdinalIgnoreCase) ? alias : null;
        return new Stage(instruction.Line, words.FirstOrDefault() ?? "", name, []);
    }

    private static void Remember(Instruction argument, IReadOnlyDictionary<string, string> given, Dictionary<string, string> values)
    {
        foreach (var word in argument.Words)
        {
            var parts = word.Split('=', 2);
            if (given.TryGetValue(parts[0], out var value)) values[parts[0]] = value;
            else if (parts.Length == 2) values[parts[0]] = parts[1].Trim('"', '\'');
        }
    }

    private static string Expand(string text, Dictionary<string, string> values) => Variable().Replace(text, found =>
    {
        var name = found.Groups[1].Success ? found.Groups[1].Value : found.Groups[3].Value;
        return values.TryGetValue(name, out var value) ? value : found.Groups[2].Success ? found.Groups[2].Value : found.Value;
    });

    [GeneratedRegex(@"^(--[A-Za-z][\w-]*(?:=(?:""[^""]*""|\S)*)?)\s+")]
    private static partial Regex Flag();

    [GeneratedRegex(@"(?<!\\)\$(?:\{(\w+)(?::-([^}]*))?\}|(\w+))")]
    private static partial Regex Variable();
}
