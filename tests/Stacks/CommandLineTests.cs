using Infra.Stacks.Configuration;

namespace Infra.Tests.Stacks;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("   ", new string[0])]
    [InlineData("uvicorn shop.main:app", new[] { "uvicorn", "shop.main:app" })]
    [InlineData("  a \t b\n", new[] { "a", "b" })]
    [InlineData("sh -c 'echo \"hi there\"'", new[] { "sh", "-c", "echo \"hi there\"" })]
    [InlineData("a \"b 'c' d\"e", new[] { "a", "b 'c' de" })]
    [InlineData("--name='x y'", new[] { "--name=x y" })]
    [InlineData("a '' b", new[] { "a", "", "b" })]
    [InlineData("a 'b c", new[] { "a", "b c" })]
    public void Splits_into_words(string line, string[] arguments) => CommandLine.Split(line).Should().Equal(arguments);
}
