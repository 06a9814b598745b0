using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Debian;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets.Compose;

namespace Infra.Tests.Targets.Compose;

/// <summary>Topologies as the stacks make them, without an engine.</summary>
internal static class Samples
{
    private static readonly BuiltImage App = new("app", "app");

    public static Topology Dev { get; } = Of("dev", App, new Reload("app", "/app", ["src"]), readOnly: false);

    public static Topology DevSync { get; } = Of("dev", App, new Reload("app", "/app", ["src"]) { Mode = ReloadMode.Sync }, readOnly: false);

    public static Topology Prod { get; } = Of("prod", new PinnedImage("ghcr.io/acme/shop", "2.4.1"), null, readOnly: true);

    public static Topology Debian { get; } =
        Dev with
        {
            Services = [.. Dev.Services.Select(service => DebianImages.Choose(WithDockerfile(service))!)],
        };

    public static ComposeOptions ProdOptions { get; } = new() { SecretsDirectory = ".secrets/prod", ConfigsDirectory = ".infra/prod/configs" };

    public static ServiceSpec Plain { get; } = new("test:Service", "web") { Image = new PinnedImage("shop", "1") };

    public static Topology Only(params ServiceSpec[] services) => new(new Naming("shop", "dev"), [.. services]);

    public static string Write(params ServiceSpec[] services) => ComposeWriter.Write(Only(services), new ComposeOptions());

    private static Topology Of(string stack, Image app, Reload? reload, bool readOnly)
    {
        var postgres = Postgres.Describe("postgres", new() { Password = new("postgres-password"), Port = reload is null ? null : 15432 });
        var redis = Redis.Describe("redis", new() { Password = new("redis-password") });
        var rabbitmq = RabbitMq.Describe("rabbitmq", new() { Password = new("rabbitmq-password") });
        ImmutableArray<Connection> needs = [postgres.As("DATABASE_URL"), rabbitmq.As("BROKER_URL"), redis.As("REDIS_URL")];
        return new Topology(new Naming("shop", stack),
        [
            postgres, redis, rabbitmq,
            Web.Describe("web", new()
            {
                Image = app, Needs = needs, Reload = reload, ReadOnly = readOnly, Port = 18000,
                Command = ["uvicorn", "shop.main:app", "--host", "0.0.0.0"],
                Environment = Variables.From(("LOG_LEVEL", "info")),
            }),
            Worker.Describe("worker", new() { Image = app, Needs = needs, Reload = reload, ReadOnly = readOnly, App = "shop.celery_app" }),
            Beat.Describe("beat", new() { Image = app, Needs = needs, Reload = reload, ReadOnly = readOnly, App = "shop.celery_app" }),
        ]);
    }

    private static ServiceSpec WithDockerfile(ServiceSpec service)
        => service.Image is BuiltImage built ? service with { Image = built with { DebianDockerfile = "debian.Dockerfile" } } : service;
}
