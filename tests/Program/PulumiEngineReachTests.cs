using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.PulumiEngine;
using Infra.Tests.Support;

namespace Infra.Tests.Program;

/// <summary>Plain <c>pulumi up</c> asks the provider's engine, which Docker's own client need not reach.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class PulumiEngineReachTests : IDisposable
{
    private static readonly Topology Stack = new(new Naming("shop", "dev"), [Specs.Web()]);

    private readonly EnvironmentVariables variables = new();
    private readonly FakeShell shell = FakeShell.WithEngine();

    public PulumiEngineReachTests()
    {
        (variables["PULUMI_DRY_RUN"], variables["PULUMI_CONFIG"], variables["PULUMI_ORGANIZATION"], variables["DOCKER_HOST"]) = (
            "false",
            "{}",
            "acme",
            null
        );
        shell.Programs.Add("pulumi");
        shell.On("pulumi stack export", """{"deployment": {"resources": [], "pending_operations": []}}""");
    }

    public void Dispose() => variables.Dispose();

    [Fact]
    public async Task A_preview_where_no_engine_answers_tells_so_and_goes_on()
    {
        variables["PULUMI_DRY_RUN"] = "true";
        shell.On("docker ps", exitCode: 1, error: "it is away");

        (await LookAsync())
            .Warnings.Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("The engine does not list its containers: it is away.");
    }

    [Theory]
    [InlineData("docker:sshOpts", """["-p", "2222"]""", "[]")]
    [InlineData("docker:certMaterial", "", """["docker:certMaterial"]""")]
    public async Task An_engine_that_only_the_provider_reaches_is_no_refusal(string key, string value, string secretKeys)
    {
        (variables["PULUMI_CONFIG"], variables["PULUMI_CONFIG_SECRET_KEYS"]) = (new JsonObject { [key] = value }.ToJsonString(), secretKeys);
        shell.On("docker ps", exitCode: 1, error: "no route to it");

        (await LookAsync())
            .Should()
            .BeEquivalentTo(
                new Preflight(
                    [],
                    [
                        "shop-dev: Docker's own client does not reach the engine that Pulumi's provider is set to, "
                            + "so what exists there was not checked: no route to it.",
                    ]
                )
            );
    }

    [Fact]
    public async Task The_providers_certificates_let_the_client_in()
    {
        variables["PULUMI_CONFIG"] = """{"docker:host": "tcp://server:2376", "docker:certPath": "/certs"}""";

        await LookAsync();

        shell.Variables["DOCKER_CERT_PATH"].Should().Be("/certs");
        shell.Variables["DOCKER_TLS_VERIFY"].Should().Be("1");
    }

    [Fact]
    public async Task Without_a_client_to_ask_nothing_is_looked_at()
    {
        shell.Programs.Remove("docker");

        (await LookAsync()).Should().BeEquivalentTo(new Preflight([], []));
    }

    private Task<Preflight> LookAsync() => PulumiProgram.LookAsync(shell, "/srv/shop", Stack);
}
