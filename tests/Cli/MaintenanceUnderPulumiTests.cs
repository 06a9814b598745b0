using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary><c>up --maintenance</c> through Pulumi.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class MaintenanceUnderPulumiTests : IDisposable
{
    private readonly EnvironmentVariables variables = new();
    private readonly CommandLineRun run = new();
    private readonly FakeProxy proxy;
    private string[] duringUp = [];
    private int code;

    public MaintenanceUnderPulumiTests()
    {
        variables["PULUMI_BACKEND_URL"] = null;
        variables["DOCKER_HOST"] = null;
        run.WriteExactly(
            "Pulumi.dev.yaml",
            """
            config:
              infra:environment: dev
              infra:app: { context: app }
              infra:services: { web: { command: serve, port: 18123 } }
              infra:proxy: { sites: { a.localhost: { tls: none } } }

            """
        );
        proxy = new FakeProxy(run.Shell) { Sites = ["a.localhost"] };
        run.Shell.Programs.Add("pulumi");
        run.Shell.On("pulumi whoami", "me\n")
            .On("pulumi stack select")
            .On("pulumi stack export", """{"version": 3, "deployment": {}}""")
            .On("pulumi up", () =>
            {
                duringUp = [.. proxy.Pages.Keys];
                return new(code, "", "");
            })
            .Running(FakeContainers.Container("web", engine: "pulumi"), FakeContainers.Container("proxy", engine: "pulumi"));
    }

    public void Dispose()
    {
        variables.Dispose();
        run.Dispose();
    }

    [Fact]
    public async Task The_page_is_there_while_Pulumi_works()
    {
        (await run.RunAsync("up", "dev", "--images", "registry", "--maintenance")).Should().Be(0, run.Error);

        duringUp.Should().Equal("a.localhost");
        proxy.Pages.Should().BeEmpty();
    }

    [Fact]
    public async Task It_stays_when_Pulumi_fails()
    {
        code = 255;

        (await run.RunAsync("up", "dev", "--images", "registry", "--maintenance")).Should().NotBe(0);

        proxy.Pages.Should().ContainKey("a.localhost");
        run.Error.Should().EndWith("a.localhost: The maintenance page stays there, since this has not succeeded. "
            + "'./infra.sh maintenance dev off' takes it away.\n");
    }
}
