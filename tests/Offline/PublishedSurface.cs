using System.Text.RegularExpressions;

namespace Infra.Tests.Offline;

/// <summary>The published package's surface, as docker-api.txt lists it.</summary>
internal static partial class PublishedSurface
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathOf("tests", "Offline", "docker-api.txt"));

    /// <summary>Each listed class with its members; those of functions, which offline/ leaves out, are not among them.</summary>
    public static IReadOnlyDictionary<string, string[]> Classes { get; } = Lines
        .Zip(Lines.Skip(1), (head, members) => (Head: Head().Match(head), Members: members))
        .Where(entry => entry.Head.Success && !entry.Head.Groups["name"].Value.StartsWith("Get", StringComparison.Ordinal))
        .ToDictionary(entry => entry.Head.Groups["name"].Value, entry => entry.Members.Split("; "));

    /// <summary>Each listed constructor of a resource.</summary>
    public static IReadOnlyDictionary<string, string> Constructors { get; } = Lines
        .Select(line => Head().Match(line))
        .Where(head => head.Groups["constructor"].Success)
        .ToDictionary(head => head.Groups["name"].Value, head => head.Groups["constructor"].Value);

    /// <summary>Each resource's type token.</summary>
    public static IReadOnlyDictionary<string, string> Tokens { get; } =
        Token().Matches(Lines[0]).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["token"].Value);

    [GeneratedRegex(@"^### (?<name>\w+)(; ctors: (?<constructor>\(.*\)))?$")]
    private static partial Regex Head();

    [GeneratedRegex(@"(?<name>\w+)\[(?<token>[^\]]+)\]")]
    private static partial Regex Token();
}
