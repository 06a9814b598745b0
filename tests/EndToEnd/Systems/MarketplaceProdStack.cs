using System.Security.Cryptography;

namespace Infra.Tests.EndToEnd.Systems;

/// <summary>Tests on the running system: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MarketplaceProdCollection : ICollectionFixture<MarketplaceProdStack>
{
    public const string Name = "end to end, marketplace-prod";
}

public sealed class MarketplaceProdStack() : SystemStack("marketplace-prod", "samples/marketplace")
{
    internal static string[] Secrets { get; } = ["aws-secret-access-key", "postgres-password", "redis-password", "secret-key"];

    internal int PrometheusPort { get; private set; }

    /// <summary>Where every service's log goes.</summary>
    internal SyslogServer Syslog { get; } = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Syslog.DisposeAsync();
    }

    internal override void Prepare(Project project)
    {
        project.Set("logging", "driver", "syslog");
        project.Set("logging", "options.syslog-address", FormattableString.Invariant($"udp://127.0.0.1:{Syslog.Port}"));
        PrometheusPort = project.SetPort("monitoring", "prometheus.port");
        project.SetPort("monitoring", "alertmanager.port");
        project.SetPort("monitoring", "grafana.port");
        project.Set("monitoring", "intervalSeconds", "1");
        Directory.CreateDirectory(project.PathOf(".secrets", project.Stack));
        foreach (var name in Secrets) File.WriteAllText(project.PathOf(".secrets", project.Stack, name), RandomNumberGenerator.GetHexString(32));
    }
}
