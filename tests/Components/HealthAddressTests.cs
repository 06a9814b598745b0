using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

/// <summary>Each product is asked where it tells of its health: anywhere else it answers 404, or 200 to everything.</summary>
public sealed class HealthAddressTests
{
    private static readonly ServiceSpec Database = Postgres.Describe("db", new() { Password = new("pw") });
    private static readonly ServiceSpec Cache = Redis.Describe("cache", new() { Password = new("pw") });
    private static readonly ServiceSpec Metrics = Prometheus.Describe("prometheus", new() { Scrapes = [] });
    private static readonly ServiceSpec Alerts = Alertmanager.Describe("alertmanager", new());

    private static readonly ServiceSpec[] Services =
    [
        Metrics, Alerts,
        Grafana.Describe("grafana", new() { Password = new("pw"), Prometheus = Metrics, Alertmanager = Alerts, Port = 3000 }),
        NodeExporter.Describe("node", new()),
        PostgresExporter.Describe("postgres-exporter", new() { Database = Database }),
        RedisExporter.Describe("redis-exporter", new() { Redis = Cache }),
        CeleryMetrics.Describe("celery-metrics", new() { Image = Specs.App, App = "shop", Needs = [Cache.As("BROKER_URL")] }),
        Flower.Describe("flower", new() { Image = Specs.App, App = "shop" }),
        LocalStack.Describe("localstack", new() { Services = ["sns"], Port = 4566 }),
        Chroma.Describe("chroma", new()),
        Ollama.Describe("ollama", new() { Port = 11434 }),
    ];

    [Theory]
    [InlineData("prometheus", "http://127.0.0.1:9090/-/healthy")]
    [InlineData("alertmanager", "http://127.0.0.1:9093/-/healthy")]
    [InlineData("grafana", "http://127.0.0.1:3000/api/health")]
    [InlineData("node", "http://127.0.0.1:9100/metrics")]
    [InlineData("postgres-exporter", "http://127.0.0.1:9187/")]
    [InlineData("redis-exporter", "http://127.0.0.1:9121/health")]
    public void Wget_asks_the_product_for_it(string service, string address) => Probe(service)[^1].Should().Be(address);

    [Theory]
    [InlineData("celery-metrics", 9808, "/health")]
    [InlineData("flower", 5555, "/healthcheck")]
    [InlineData("localstack", 4566, "/_localstack/health")]
    public void Python_asks_the_product_for_it(string service, int port, string path)
        => Probe(service)[^1].Should().Contain($"create_connection(('127.0.0.1', {port})").And.Contain($"GET {path} HTTP/1.0");

    [Fact]
    public void Bash_asks_Chroma_for_its_heartbeat()
        => Probe("chroma")[^1].Should().Contain("/dev/tcp/127.0.0.1/8000").And.Contain("GET /api/v2/heartbeat HTTP/1.");

    [Fact]
    public void Ollamas_own_client_asks_the_server_and_not_itself() => Probe("ollama").Should().Equal("ollama", "list");

    private static string[] Probe(string service) => [.. Services.Single(each => each.Name == service).Health!.Test];
}
