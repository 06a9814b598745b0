using Infra.Operations.Engine;

namespace Infra.Tests.Operations;

public sealed class IgnoreFileTests
{
    [Theory]
    [InlineData("*.md", "README.md", true)]
    [InlineData("*.md", "docs/README.md", false)]
    [InlineData("**/*.pyc", "a.pyc", true)]
    [InlineData("**/*.pyc", "src/deep/a.pyc", true)]
    [InlineData("tests/", "tests/test_a.py", true)]
    [InlineData("tests", "src/tests/a.py", false)]
    [InlineData("/.git", ".git/config", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("docs/**", "docs/a/b.txt", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("# *.md", "README.md", false)]
    [InlineData("[ab].txt", "a.txt", false)]
    public void A_pattern_leaves_out_what_it_names(string pattern, string path, bool isLeftOut)
        => IgnoreFile.Parse([pattern]).LeavesOut(path).Should().Be(isLeftOut);

    [Theory]
    [InlineData("!src", "src/main.py", false)]
    [InlineData("! src", "src/main.py", false)]
    [InlineData("!src", "tests/main.py", true)]
    [InlineData("![a-z]rc", "src/main.py", false)]
    public void An_exception_takes_back_and_counts_too_much_where_it_is_not_understood(string exception, string path, bool isLeftOut)
        => IgnoreFile.Parse(["*", exception]).LeavesOut(path).Should().Be(isLeftOut);

    [Fact]
    public void The_last_match_wins() => IgnoreFile.Parse(["*.md", "!README.md", "README.md"]).LeavesOut("README.md").Should().BeTrue();
}
