using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class EnvFilesTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    public void Dispose() => root.Dispose();

    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("A = 1", "1")]
    [InlineData("A: 1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=x # said", "x")]
    [InlineData("A=x#y", "x#y")]
    [InlineData("A='$B # \"x\"'", "$B # \"x\"")]
    [InlineData("A=\"x\\ny\"", "x\ny")]
    [InlineData("A=\"x\ny\"", "x\ny")]
    [InlineData("A=\"a \\\"b\\\" \\$c\"", "a \"b\" $c")]
    [InlineData("B=b\nA=$B-${B}c", "b-bc")]
    [InlineData("A=${B:-x}", "x")]
    [InlineData("B=\nA=${B-x}", "")]
    [InlineData("B=\nA=${B:-x}", "x")]
    [InlineData("B=b\nA=${B:+x}", "x")]
    [InlineData("A=$$B", "$B")]
    public void A_value_is_read_as_Compose_reads_it(string text, string value)
        => EnvFile.Parse(text, new Dictionary<string, string>()).Last().Value.Should().Be(value);

    [Fact]
    public void A_name_alone_and_a_comment_are_no_variable()
        => EnvFile.Parse("# A=1\n\nA\n  # B\n", new Dictionary<string, string>()).Should().BeEmpty();

    [Theory]
    [InlineData("1A=x", 1, "This is no variable. Write NAME=VALUE.")]
    [InlineData("B=1\nA='x", 2, "A quote in it is not closed. Close it.")]
    [InlineData("A=$B", 1, "'$B' is not said before it, and nothing comes from the caller's environment, which differs from machine to machine. "
        + "Write its value, or a default: ${B:-VALUE}. A dollar that is meant stands between single quotes.")]
    public void A_line_that_says_nothing_is_told(string text, int line, string message)
    {
        var act = () => EnvFile.Parse(text, new Dictionary<string, string>());

        act.Should().Throw<EnvFileException>().WithMessage(message).Which.Line.Should().Be(line);
    }

    [Fact]
    public void What_the_settings_say_wins_and_a_later_file_before_an_earlier_one()
    {
        Write("one.env", "A=1\nB=1\nC=1\nD_KEY=1\n");
        Write("two.env", "B=2\nC=2\n");

        var app = Read("envFiles: [one.env, two.env], environment: {C: \"3\"}, secrets: [D_KEY]").App.Process;

        app.Environment.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()).Should().BeEquivalentTo(
            new Dictionary<string, string> { ["A"] = "1", ["B"] = "2", ["C"] = "3" });
    }

    [Fact]
    public void Braces_in_it_are_the_applications_own()
    {
        Write(".env", "A={postgres.url}\n");

        Read("envFiles: [.env]").App.Process.Environment["A"].Holes.Should().BeEmpty();
    }

    [Fact]
    public void A_credential_in_it_is_told_with_where_it_belongs()
    {
        Write(".env", "A=1\nSTRIPE_KEY=sk_live_123456789\n");

        Problems("envFiles: [.env]").Should().Contain(
            "infra:app.envFiles[0]: '.env', line 2: 'STRIPE_KEY' looks like a credential, and every variable is shown to all who may use the engine. "
            + "Take it from the file: name STRIPE_KEY in secrets, and set it with 'pulumi config set --secret infra:stripe-key'.");
        Problems("envFiles: [.env], secrets: [STRIPE_KEY]").Should().BeEmpty();
        Problems("envFiles: [.env], public: [STRIPE_KEY]").Should().BeEmpty();
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
        => Problems("envFiles: [.env]").Should().Contain("infra:app.envFiles[0]: '.env': It cannot be read");

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(root.Path, name), text);

    private Settings Read(string app)
    {
        const string Services = "infra:services: {web: {command: serve}}";
        return SettingsParser.Parse(Source($"config: {{infra:environment: dev, infra:app: {{{app}}}, {Services}}}\n"), "shop", "dev");
    }

    private string Problems(string app)
    {
        try
        {
            _ = Read(app);
            return "";
        }
        catch (SettingsException error)
        {
            return error.Message;
        }
    }

    private SettingsSource Source(string yaml)
    {
        Write("Pulumi.dev.yaml", yaml);
        return Infra.Operations.Project.SettingsFile.Read(Path.Combine(root.Path, "Pulumi.dev.yaml"));
    }
}
