using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.PulumiEngine;
using Infra.Tests.Support;

namespace Infra.Tests.Program;

/// <summary>Pulumi's program asks the stores that run whether they take their passwords of today.</summary>
public sealed class KnownPasswordsTests
{
    private const string Ask = "docker exec --interactive id-postgres check";

    private static readonly Topology Stack = new(new Naming("shop", "dev"),
        [SmallStack.Database with { PasswordChange = new(SmallStack.Password, ["change"]) { Check = ["check"] } }, Specs.Web()]);

    [Theory]
    [InlineData(0, "carrier-1")]
    [InlineData(3, null)]
    [InlineData(1, "carrier-1")]
    public async Task One_that_refuses_its_own_is_to_be_replaced_and_no_other(int exitCode, string? version)
    {
        var shell = FakeShell.WithEngine().Running(Container()).On(Ask, exitCode: exitCode);

        (await new KnownPasswords(shell).VersionsAsync(Stack, _ => "today\n")).GetValueOrDefault("postgres").Should().Be(version);

        shell.Inputs[Ask].Should().Be("today", "as its services take it");
        string.Join('\n', shell.Asked).Should().NotContain("today");
    }

    [Fact]
    public async Task What_does_not_run_or_has_no_value_yet_is_not_asked()
    {
        var stopped = Container();
        stopped["State"]!["Status"] = "exited";

        (await new KnownPasswords(FakeShell.WithEngine().Running(stopped)).VersionsAsync(Stack, _ => "today")).Should().BeEmpty();
        (await new KnownPasswords(FakeShell.WithEngine().Running(Container())).VersionsAsync(Stack, _ => null)).Should().BeEmpty();
        (await new KnownPasswords(FakeShell.WithoutEngine()).VersionsAsync(Stack, _ => "today"))
            .Should()
            .BeEmpty("a preview may be made where the engine is not");
    }

    [Theory]
    [InlineData("""{"infra:postgres-password": "it's"}""", "it's")]
    [InlineData("""{"infra:postgres-password": "null"}""", null)]
    [InlineData("{}", null)]
    public void A_value_is_the_configuration_s(string configuration, string? value) =>
        (PulumiConfiguration.Value(configuration, SmallStack.Password)?.Text).Should().Be(value);

    private static JsonObject Container()
    {
        var container = FakeContainers.Container("postgres", engine: "pulumi");
        container["Config"]!["Labels"]!["infra.password"] = "carrier-1";
        return container;
    }
}
