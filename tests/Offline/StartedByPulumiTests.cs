using System.Reflection;
using Infra.Tests.Support;
using Pulumi;

namespace Infra.Tests.Offline;

/// <summary>The offline stand-in, started by the Pulumi CLI. The published package would look for an engine: there is nothing to see.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class StartedByPulumiTests : IDisposable
{
    private static readonly bool s_isOffline = typeof(Deployment).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Any(metadata => metadata is { Key: "PulumiSdk", Value: "offline" });

    private readonly EnvironmentVariables _environment = new();
    private readonly TextWriter _error = Console.Error;

    public StartedByPulumiTests()
    {
        _environment["PULUMI_MONITOR"] = "127.0.0.1:1";
        _environment["PULUMI_ENGINE"] = "127.0.0.1:2";
    }

    public void Dispose()
    {
        Console.SetError(_error);
        _environment.Dispose();
    }

    [Fact]
    public async Task It_says_in_one_sentence_what_to_do_and_fails()
    {
        if (!s_isOffline)
            return;

        using var said = new StringWriter();
        Console.SetError(said);

        var ran = false;
        var exitCode = await Deployment.RunAsync(() => { ran = true; });

        ran.Should().BeFalse();
        exitCode.Should().Be(1);
        said.ToString().Should().Be(
            "This build uses the offline stand-in for Pulumi, which talks to no engine: build with PulumiSdk=nuget where the packages "
            + "Pulumi and Pulumi.Docker can be restored, or use ./infra.sh instead of pulumi." + Environment.NewLine);
    }
}
