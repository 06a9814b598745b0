using Infra.Tests.Support;

namespace Infra.Tests.EndToEnd.Systems;

/// <summary>Tests on the running system: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PaqueteriaCollection : ICollectionFixture<PaqueteriaStack>
{
    public const string Name = "end to end, paqueteria";
}

public sealed class PaqueteriaStack() : SystemStack("paqueteria", "samples/paqueteria", "app")
{
    internal int PrometheusPort { get; private set; }

    internal override void Prepare(Project project)
    {
        var file = project.PathOf("Pulumi.paqueteria.yaml");
        File.WriteAllText(
            file,
            File.ReadAllText(file)
                .Replace("paqueteria_v1_prod_", project.Label + "-", StringComparison.Ordinal)
                .Replace("paqueteria_v1_app:prod", project.AppImage, StringComparison.Ordinal)
        );
        PrometheusPort = project.SetPort("monitoring", "prometheus.port");
        project.SetPort("monitoring", "nodeExporter.port");
        project.SetPort("monitoring", "grafana.port");
        project.Set("monitoring", "intervalSeconds", "1");
        Directory.CreateDirectory(project.PathOf(".secrets", "paqueteria"));
        foreach (var name in new[] { "redis-password", "grafana-password" })
        {
            var secret = project.PathOf(".secrets", "paqueteria", name);
            File.WriteAllText(secret, System.Security.Cryptography.RandomNumberGenerator.GetHexString(32));
            // As a careful user writes it.
            Modes.Set(secret, "600");
        }
    }
}
