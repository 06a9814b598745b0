using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Infra.Tests.Systems;

/// <summary>The rows of the systems, read from the tests that keep them: each test is named after its row.</summary>
internal static partial class Rows
{
    /// <summary>The systems by their letter, with the number of their rows.</summary>
    public static ImmutableArray<(char Letter, string Title, string Stacks, int Count)> Systems { get; } =
    [
        ('A', "Hexagonal", "`hexagonal`", 12),
        ('B', "Mikrom", "`mikrom`", 8),
        ('C', "Creator Hub", "`creator-hub`", 9),
        ('D', "Marketplace", "`marketplace`, `marketplace-prod`", 10),
        ('E', "Paquetería", "`paqueteria`", 12),
    ];

    private const string Flower = "Flower is never run live: those tests take their images from Debian, which has no package of it.";

    /// <summary>What no backup of Creator Hub takes; the page says so as long as that is so.</summary>
    public const string NotBackedUp = "Ollama's models are in no backup: they are pulled again.";

    private const string StandIns =
        "It is built and run by a test for real, on Debian's Python in the place of the public image, with wheels "
        + "that lead to Debian's packages in PyPI's, and a stand-in for uv: that cannot prove what the public images and PyPI's packages are.";

    /// <summary>What a row's tests cannot show, whichever of them.</summary>
    public static ImmutableDictionary<string, string> Besides { get; } =
        new Dictionary<string, string>
        {
            ["B1"] = StandIns,
            ["B2"] = StandIns,
            ["B4"] = Flower,
            ["B5"] = Flower,
            ["B8"] =
                "A registry's cache is `infra:app.cacheFrom`, see B6. The distroless runtime is the written Dockerfile's "
                + "(`infra:app.build.runtime`), whose text alone is tested: no test builds it, and the sample has the slim one.",
            ["C2"] = StandIns,
            ["C9"] =
                "The scheduled backup in the stack is of Postgres alone; "
                + "`./infra.sh backup creator-hub`, each day by its `--unit` and `--timer`, takes Redis and Chroma's files too. "
                + NotBackedUp,
            ["D2"] = StandIns,
            ["E2"] = StandIns,
        }.ToImmutableDictionary();

    /// <summary>Every test of a row, in order.</summary>
    public static ImmutableArray<Row> All { get; } =
    [
        .. typeof(Rows)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Name: Name().Match(method.Name)))
            .Where(test => test.Name.Success)
            .Select(test => new Row(
                test.Name.Groups["letter"].Value[0],
                int.Parse(test.Name.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
                test.Name.Groups["what"].Value.Replace('_', ' '),
                test.Method.DeclaringType!,
                test.Method.GetCustomAttribute<DeviationAttribute>()))
            .OrderBy(row => row.Letter).ThenBy(row => row.Number).ThenBy(row => row.IsLive).ThenBy(row => row.What, StringComparer.Ordinal),
    ];

    public static string Document()
    {
        var text = new StringBuilder("""
            # The five systems

            Made from the tests: `UPDATE_SNAPSHOTS=1 dotnet test tests --filter SystemsDocument` writes it. A row is kept by the tests that are named
            after it; those marked *live* run on a real engine. A row that is kept in another form than its document's says why, and which setting
            brings the document's own form.

            """);
        foreach (var (letter, title, stacks, count) in Systems)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {letter}. {title}: {stacks}\n\n| row | what | test | deviation |\n| --- | --- | --- | --- |\n"
            );
            foreach (var number in Enumerable.Range(1, count))
                text.Append(Line(letter, number));
        }

        return text.ToString();
    }

    private static string Line(char letter, int number)
    {
        var tests = All.Where(row => row.Letter == letter && row.Number == number).ToList();
        var id = string.Create(CultureInfo.InvariantCulture, $"{letter}{number}");
        var deviations = tests.Select(row => row.Deviation).OfType<DeviationAttribute>()
            .Select(deviation => deviation.Setting is null ? deviation.Reason : $"{deviation.Reason} Setting: {deviation.Setting}.").ToList();
        if (Besides.TryGetValue(id, out var besides)) deviations.Add(besides);
        return $"| {id} | {string.Join("<br>", tests.Select(row => row.What).Distinct())} "
            + $"| {string.Join("<br>", tests.Select(row => row.Test).Distinct())} | {string.Join(' ', deviations)} |\n";
    }

    [GeneratedRegex(@"^(?<letter>[A-E])(?<number>[0-9]{1,2})_(?<what>\w+)$")]
    private static partial Regex Name();
}

/// <summary>A test of a row.</summary>
internal sealed record Row(char Letter, int Number, string What, Type Class, DeviationAttribute? Deviation)
{
    public bool IsLive => Class.Namespace!.Contains("EndToEnd", StringComparison.Ordinal);

    public string Test => IsLive ? $"`{Class.Name}` *live*" : $"`{Class.Name}`";
}
