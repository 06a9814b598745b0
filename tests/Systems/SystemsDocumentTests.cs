using System.Globalization;
using Infra.Tests.Offline;

namespace Infra.Tests.Systems;

public sealed class SystemsDocumentTests
{
    // What a rendered text cannot show.
    private static readonly string[] Live =
    [
        "B1",
        "B2",
        "C2",
        "D2",
        "A2",
        "A3",
        "A4",
        "A5",
        "A7",
        "A8",
        "A9",
        "A12",
        "B3",
        "B4",
        "C3",
        "C4",
        "C7",
        "D5",
        "D8",
        "D9",
        "D10",
        "E5",
        "E10",
        "E11",
    ];

    [Fact]
    public void It_says_what_the_tests_say()
    {
        var path = Repository.PathOf("docs", "systems.md");
        var written = File.Exists(path) ? File.ReadAllText(path) : "";
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1" && written != Rows.Document())
            File.WriteAllText(path, written = Rows.Document());

        written.Should().Be(Rows.Document(), "docs/systems.md is made from the tests; UPDATE_SNAPSHOTS=1 writes it");
    }

    [Fact]
    public void Every_row_has_a_test_that_names_it()
    {
        var rows = Rows.Systems.SelectMany(system =>
            Enumerable.Range(1, system.Count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{system.Letter}{number}"))
        );

        rows.Except(Kept()).Should().BeEmpty("prose does not stand in for a test");
    }

    [Fact]
    public void What_only_an_engine_can_show_is_shown_on_one()
        => Live.Except(Rows.All.Where(row => row.IsLive).Select(Id)).Should().BeEmpty();

    [Fact]
    public void No_test_claims_a_row_that_there_is_not()
        => Rows.All.Where(row => row.Number == 0 || row.Number > Rows.Systems.Single(system => system.Letter == row.Letter).Count).Should().BeEmpty();

    private static IEnumerable<string> Kept() => Rows.All.Where(row => !row.IsLive).Select(Id);

    private static string Id(Row row) => string.Create(CultureInfo.InvariantCulture, $"{row.Letter}{row.Number}");
}
