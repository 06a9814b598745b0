using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Tests.Offline;

namespace Infra.Tests.Model;

public sealed partial class CountedTests
{
    [Theory]
    [InlineData(0, "0 warnings")]
    [InlineData(1, "1 warning")]
    [InlineData(12000, "12000 warnings")]
    public void One_is_singular(long count, string words) => Counted.Of(count, "warning").Should().Be(words);

    [Fact]
    public void No_number_stands_before_a_noun_that_is_plural_whatever_the_number()
    {
        var found = new[] { "infra", "targets", "components", "stacks" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Where(line => Plural().IsMatch(line)).Select(line => $"{file}: {line.Trim()}"));

        found.Should().BeEmpty("Counted.Of says both");
    }

    // {services.Length} services, {errors} errors, {rows.Values.Sum()} rows
    [GeneratedRegex(@"\{([^{}""]*\.(Length|Count\(?\)?|Sum\(\))|errors|rows|bytes)\} [a-z]+s\b")]
    private static partial Regex Plural();
}
