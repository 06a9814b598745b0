using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>A machine on which images can be built for several platforms.</summary>
public abstract class BuildTest : IDisposable
{
    protected const string Registry = """
        config:
          infra:environment: prod
          infra:app:
            registry: ghcr.io/acme/shop
            platforms: [linux/amd64, linux/arm64]
            image: ghcr.io/acme/shop:1@sha256:0123456789012345678901234567890123456789012345678901234567890123

        """;

    private protected CommandLineRun Run { get; } = new(
        FakeShell
            .WithEngine()
            .On("docker buildx version", "v0.29\n")
            .On("docker buildx bake")
            .On("docker buildx bake --help", "      --allow stringArray      Allow build to access specified resources\n")
    );

    public void Dispose()
    {
        Run.Dispose();
        GC.SuppressFinalize(this);
    }
}
