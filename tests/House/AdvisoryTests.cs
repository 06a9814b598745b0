using System.IO.Compression;
using System.Net;
using Infra.Tests.Offline;

namespace Infra.Tests.House;

/// <summary>Packages that an advisory names: it is reported, and the build goes on, whichever day it was published.</summary>
public sealed class AdvisoryTests : IDisposable
{
    private const string Known = "https://github.com/advisories/GHSA-4625-4j76-fww9";

    private readonly TemporaryFolder folder = new();
    private readonly HttpListener listener = new();

    public void Dispose()
    {
        listener.Close();
        folder.Dispose();
    }

    [Theory]
    [InlineData(1, "NU1902")]
    [InlineData(3, "NU1904")]
    public async Task An_advisory_is_a_warning(int severity, string code)
    {
        var restored = await RestoreAsync("https://example.com/advisory", severity);

        restored.Output.Should().Contain($"warning {code}: Package 'Sample' 1.0.0").And.Contain("https://example.com/advisory");
        restored.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task The_one_that_Pulumi_brings_is_not_told()
    {
        var restored = await RestoreAsync(Known, 1);

        restored.Output.Should().NotContain("NU190");
        restored.ExitCode.Should().Be(0);
    }

    private async Task<Command> RestoreAsync(string advisory, int severity)
    {
        var source = Publish(advisory, severity);
        Pack();
        folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{folder.PathOf("feed")}" /></packageSources>
              <auditSources><clear /><add key="audit" value="{source}index.json" protocolVersion="3" allowInsecureConnections="true" /></auditSources>
            </configuration>
            """);
        folder.Write("probe.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{Repository.PathOf("Directory.Build.props")}" />
              <ItemGroup><PackageReference Include="Sample" Version="1.0.0" /></ItemGroup>
            </Project>
            """);
        return await Command.RunAsync("dotnet", ["restore", folder.PathOf("probe.csproj"), "--verbosity", "quiet"], new Dictionary<string, string?>
        {
            // The environment may have chosen other sources: here the file alone decides.
            ["RestoreConfigFile"] = null,
            ["RestoreSources"] = null,
            ["RestorePackagesPath"] = null,
            ["NuGetAudit"] = null,
            ["NUGET_PACKAGES"] = folder.PathOf("packages"),
            ["NUGET_HTTP_CACHE_PATH"] = folder.PathOf("cache"),
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["MSBUILDDISABLENODEREUSE"] = "1",
        });
    }

    private void Pack()
    {
        Directory.CreateDirectory(folder.PathOf("feed"));
        using var package = ZipFile.Open(folder.PathOf("feed", "sample.1.0.0.nupkg"), ZipArchiveMode.Create);
        using var writer = new StreamWriter(package.CreateEntry("Sample.nuspec").Open());
        writer.Write(
            "<package><metadata><id>Sample</id><version>1.0.0</version><authors>nobody</authors>"
                + "<description>A sample.</description></metadata></package>"
        );
    }

    // A source of advisories: its index, the list of its pages, and the one page.
    private string Publish(string advisory, int severity)
    {
        var source = Listen();
        var answers = new Dictionary<string, string>
        {
            ["/index.json"] = $$"""{ "version": "3.0.0", "resources": [{ "@id": "{{source}}pages.json", "@type": "VulnerabilityInfo/6.7.0" }] }""",
            ["/pages.json"] = $$"""[{ "@name": "base", "@id": "{{source}}page.json", "@updated": "2026-01-01T00:00:00Z" }]""",
            ["/page.json"] = $$"""{ "sample": [{ "severity": {{severity}}, "url": "{{advisory}}", "versions": "(, 2.0.0)" }] }""",
        };
        _ = AnswerAsync(answers);
        return source;
    }

    private string Listen()
    {
        using var port = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var source = $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/";
        port.Stop();
        listener.Prefixes.Add(source);
        listener.Start();
        return source;
    }

    private async Task AnswerAsync(Dictionary<string, string> answers)
    {
        while (listener.IsListening)
        {
            var context = await listener.GetContextAsync();
            await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(answers[context.Request.Url!.AbsolutePath]));
            context.Response.Close();
        }
    }
}
