using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class DockerfileVerbTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.Bare());

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task It_prints_a_Dockerfile_from_the_settings()
    {
        Configure("python: '3.13', installer: pip, runPackages: [libpq5], user: shop");

        (await run.RunAsync("dockerfile", "dev")).Should().Be(0, run.Error);

        run.Out.Should().Contain("python:3.13-slim-trixie").And.Contain("requirements.txt").And.Contain("libpq5").And.Contain("USER shop");
    }

    [Fact]
    public async Task It_writes_both_files_where_there_is_neither_and_check_is_content_with_them()
    {
        File.Delete(run.PathOf("app/Dockerfile"));
        File.Delete(run.PathOf("app/.dockerignore"));

        (await run.RunAsync("dockerfile", "dev", "--write")).Should().Be(0, run.Error);

        run.Files.Should().Contain(["app/Dockerfile", "app/.dockerignore"]);
        (await run.RunAsync("check", "dev")).Should().Be(0);
        run.Error.Should().BeEmpty();
    }

    [Fact]
    public Task What_is_there_stays()
    {
        const string problem =
            "It is there already, and nothing was written. Move it away first, or read './infra.sh dockerfile' without --write.";
        return run.RefusesAsync(
            $"{run.PathOf("app/Dockerfile")}: {problem}\n{run.PathOf("app/.dockerignore")}: {problem}",
            "dockerfile", "dev", "--write");
    }

    [Fact]
    public async Task Only_what_is_missing_is_written()
    {
        run.Write("app/Dockerfile", "FROM scratch\n");
        File.Delete(run.PathOf("app/.dockerignore"));

        (await run.RunAsync("dockerfile", "dev", "--write")).Should().Be(0, run.Error);

        run.Out.Should().Be($"Wrote {run.PathOf("app/.dockerignore")}.\n{run.PathOf("app/Dockerfile")} stays as it is.\n");
        File.ReadAllText(run.PathOf("app/Dockerfile")).Should().Be("FROM scratch\n");
    }

    [Fact]
    public Task What_contradicts_itself_is_refused()
    {
        Configure("runtime: distroless, installer: pip");
        return run.RefusesAsync(
            "infra:app.build: A distroless image takes its Python along, and only uv installs one that can be copied. "
                + "Use the installer uv, or the slim runtime.",
            "dockerfile", "dev");
    }

    [Fact]
    public async Task Check_reads_the_applications_Dockerfile()
    {
        run.Write("app/Dockerfile", "FROM python:3.14-slim\nCOPY . .\nRUN pip install -r requirements.txt\nCMD uvicorn shop.main:app\n");
        File.Delete(run.PathOf("app/.dockerignore"));

        (await run.RunAsync("check", "dev")).Should().Be(0, "they are warnings");

        run.Error.Should()
            .Contain("DOCKERFILE-LAYERS app/Dockerfile:2")
            .And.Contain("DOCKERFILE-CACHE app/Dockerfile:3")
            .And.Contain("DOCKERFILE-USER app/Dockerfile:1")
            .And.Contain("DOCKERFILE-EXEC-FORM app/Dockerfile:4")
            .And.Contain("DOCKERFILE-IGNORE app:");
    }

    private void Configure(string build) => run.Write("Pulumi.dev.yaml", $$"""
        config:
          infra:environment: dev
          infra:app:
            build: { {{build}} }

        """);
}
