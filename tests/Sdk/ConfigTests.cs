using System.Collections.Immutable;
using Infra.Tests.Support;
using Pulumi;

namespace Infra.Tests.Sdk;

[Collection(EnvironmentCollection.Name)]
public sealed class ConfigTests : IDisposable
{
    private const string Values = """
        {
          "project:text": "t", "project:number": "3", "project:raw": 3, "project:ratio": "0.5", "project:yes": "true",
          "project:True": true, "project:list": "[1,2]", "project:object": { "Name": "n" }, "other:key": "o", "old:config:key": "x"
        }
        """;

    private readonly EnvironmentVariables _environment = new();
    private readonly int _exitCode = Environment.ExitCode;

    public ConfigTests()
    {
        _environment["PULUMI_CONFIG"] = Values;
        _environment["PULUMI_CONFIG_SECRET_KEYS"] = """["project:list"]""";
    }

    public void Dispose()
    {
        Environment.ExitCode = _exitCode;
        _environment.Dispose();
    }

    [Fact]
    public Task Values_are_read_by_type() => RunAsync(() =>
    {
        var config = new Config();

        config.Require("text").Should().Be("t");
        config.Get("text").Should().Be("t");
        config.RequireInt32("number").Should().Be(3);
        config.GetInt32("raw").Should().Be(3);
        config.RequireDouble("ratio").Should().Be(0.5);
        config.RequireBoolean("yes").Should().BeTrue();
        config.RequireObject<int[]>("list").Should().Equal(1, 2);
        config.GetObject<Named>("object").Should().Be(new Named("n"));
    });

    [Fact]
    public Task What_is_missing_is_null() => RunAsync(() =>
    {
        var config = new Config();

        config.Get("zz").Should().BeNull();
        config.GetInt32("zz").Should().BeNull();
        config.GetDouble("zz").Should().BeNull();
        config.GetBoolean("zz").Should().BeNull();
        config.GetObject<Named>("zz").Should().BeNull();
        config.GetSecret("zz").Should().BeNull();
        config.GetSecretInt32("zz").Should().BeNull();
    });

    [Fact]
    public Task A_secret_is_secret_whether_or_not_it_was_set_as_one() => Deployment.TestAsync(new EchoMocks(), new(), async () =>
    {
        var config = new Config();

        (await Output.IsSecretAsync(config.RequireSecret("text"))).Should().BeTrue();
        (await Output.IsSecretAsync(config.GetSecret("text")!)).Should().BeTrue();
        (await Output.IsSecretAsync(config.RequireSecretInt32("number"))).Should().BeTrue();
        (await Output.IsSecretAsync(config.RequireSecretObject<int[]>("list"))).Should().BeTrue();
        (await Pulumi.Utilities.OutputUtilities.GetValueAsync(config.RequireSecretInt32("number"))).Should().Be(3);
    });

    [Fact]
    public Task Names_are_other_namespaces_of_keys() => RunAsync(() =>
    {
        new Config("other").Require("key").Should().Be("o");
        new Config("other:config").Require("key").Should().Be("o");
        new Config("old").Require("key").Should().Be("x");
    });

    [Fact]
    public async Task A_missing_value_is_asked_for()
    {
        var failure = await FailureAsync(() => new Config("p").Require("zz"));

        failure.Message.Should().Be(
            "Missing Required configuration variable 'p:zz'\n\tplease set a value using the command `pulumi config set p:zz <value>`");
    }

    [Fact]
    public async Task A_value_of_another_type_is_refused()
    {
        (await FailureAsync(() => new Config().RequireInt32("text"))).Message
            .Should().Be("Configuration 'project:text' value 't' is not a valid Int32");
        (await FailureAsync(() => new Config().GetSecretInt32("text"))).Message
            .Should().Be("Configuration 'project:text' value 't' is not a valid Int32");
        (await FailureAsync(() => new Config().GetBoolean("True"))).Message
            .Should().Be("Configuration 'project:True' value 'True' is not a valid Boolean");
    }

    [Fact]
    public async Task Each_run_reads_the_variables_again()
    {
        _environment["PULUMI_CONFIG"] = """{"project:text":"new"}""";

        await RunAsync(() => new Config().Require("text").Should().Be("new"));
    }

    [Fact]
    public async Task Without_the_variables_nothing_is_set()
    {
        _environment["PULUMI_CONFIG"] = null;
        _environment["PULUMI_CONFIG_SECRET_KEYS"] = null;

        await RunAsync(() => new Config().Get("text").Should().BeNull());
    }

    [Fact]
    public void There_is_no_configuration_outside_a_run() =>
        FluentActions.Invoking(() => new Config()).Should().Throw<InvalidOperationException>();

    private static Task<ImmutableArray<Resource>> RunAsync(Action program) => Deployment.TestAsync(new EchoMocks(), new(), program);

    private static async Task<RunException> FailureAsync(Action program) =>
        (await FluentActions.Awaiting(() => RunAsync(program)).Should().ThrowAsync<RunException>()).Which;

    private sealed record Named(string Name);
}
