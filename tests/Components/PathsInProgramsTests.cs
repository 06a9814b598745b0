using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Offline;
using Infra.Tests.Support;
using YamlDotNet.Serialization;

namespace Infra.Tests.Components;

/// <summary>Paths with characters that mean something to the programs they reach.</summary>
public sealed class PathsInProgramsTests
{
    [PythonFact]
    public async Task A_path_is_a_path_to_the_probe_s_Python_and_to_Prometheus()
    {
        foreach (var probe in new[] { HttpProbeKind.Socket, HttpProbeKind.Urllib })
        {
            var program = Web.Describe(
                "web",
                new()
                {
                    Image = Specs.App,
                    Command = ["serve"],
                    HealthPath = "/x');\nimport os#\\\"ñ",
                    Probe = probe,
                }
            ).Health!.Test[^1];
            var result = await Command.RunAsync(
                "python3",
                ["-c", "import ast, sys; print([type(each).__name__ for each in ast.parse(sys.argv[1]).body].count('Import'))", program],
                new Dictionary<string, string?>()
            );
            result.Output.Should().Be("1\n", result.ToString());
        }

        var watched = Specs.Web() with { Metrics = [new MetricsEndpoint(8000, "/m\"\\x?match[]=a\"b")] };
        var text = Prometheus
            .Describe("prometheus", new() { Scrapes = [watched] })
            .Files.Single(file => file.Name == "prometheus.yml")
            .Content.ToString();
        var jobs = (List<object>)new Deserializer().Deserialize<Dictionary<string, object>>(text)["scrape_configs"];
        var job = (Dictionary<object, object>)jobs[^1];
        job["metrics_path"].Should().Be("/m\"\\x");
        ((Dictionary<object, object>)job["params"])["match[]"].Should().BeEquivalentTo(new[] { "a\"b" });
    }
}
