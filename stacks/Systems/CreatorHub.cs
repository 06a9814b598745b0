using System.Collections.Immutable;
using System.Globalization;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Stacks.Services;
using Infra.Targets;

namespace Infra.Stacks.Systems;

/// <summary>Four services behind a gateway, on Postgres, Redis, Ollama and Chroma (rows C1 to C9).</summary>
public sealed class CreatorHub : ServiceStack
{
    private const string Health = "/health";

    public CreatorHub(IServiceHost host, Settings settings)
    {
        var services = new StackServices(host, settings);
        var postgres = services.Add<PostgresArgs>("postgres")!;
        var redis = services.Add<RedisArgs>("redis", args => args with { IsBroker = false })!;
        var ollama = settings.Systems.Ollama is { } ollamaArgs ? new Ollama("ollama", ollamaArgs, host) : null;
        var chroma = settings.Systems.Chroma is { } chromaArgs ? new Chroma("chromadb", chromaArgs, host) : null;
        ImmutableArray<ServiceSpec> models = [.. new ServiceComponent?[] { ollama, chroma }.OfType<ServiceComponent>().Select(model => model.Spec)];
        ImmutableArray<WaitTarget> stores = [postgres.Tcp(), redis.Tcp()];

        var auth = Service("auth-service", 8001, workers: 2, StartupWaits.For(60, stores));
        var hub = Service("creator-hub-service", 8002, workers: 2, StartupWaits.For(120, [.. stores, auth.Http(Health)]), auth);
        var engine = Service(
            "ai-engine-service",
            8003,
            workers: 1,
            StartupWaits.For(180, [.. stores, .. models.Select(model => model.Tcp())]),
            models
        );
        var channel = Service(
            "channel-service",
            8004,
            workers: 1,
            StartupWaits.For(180, [.. stores, auth.Http(Health), engine.Http(Health)]),
            auth,
            engine
        );

        // Metrics are for the stack's own Prometheus, which asks the services themselves.
        _ = new Proxy("gateway", services.Behind(settings.Proxy.Args), host);

        // C9: the document's next steps.
        if (settings.Backup.Enabled) _ = new Backup("backup", settings.Backup.Args(settings.Naming, postgres), host);
        if (settings.Monitoring.Enabled) Monitoring.Add(host, settings.Monitoring, postgres, redis, auth, hub, engine, channel);

        // C2, C3, C4: an image, a probe and waits of its own for each. The document dropped the engine's waits, which the Compose
        // Specification has; they stay, and the service's own stand beside them for restarts that know no order.
        ServiceSpec Service(string name, int port, int workers, StartupWaits waits, params ImmutableArray<ServiceSpec> others)
        {
            var module = name.Replace('-', '_');
            return services.Add<WebArgs>(
                name,
                args => args.With([.. others.Select(other => (Variable(other), Address(other))), .. Counted(workers)]) with
                {
                    Image = new AppImage(name, ImageOf(settings.App.Image, name, module), host),
                    Reload = null,
                    Command = Uvicorn(module, port, workers),
                    ContainerPort = port,
                    Port = null,
                    After = [.. args.After, .. others],
                    HealthPath = Health,
                    // Each has a Dockerfile of its own, and the settings read another.
                    Entrypoint = [],
                    Probe = HttpProbeKind.Urllib,
                    Timing = ProbeTiming.Seconds(30, 5, 3, startPeriod: 30),
                    StartupWaits = waits,
                }
            )!;
        }
    }

    // Several processes add up what each has counted, in files on a file system of their own.
    private static IEnumerable<(string, Template)> Counted(int workers) => workers > 1 ? [("PROMETHEUS_MULTIPROC_DIR", "/tmp/metrics")] : [];

    private static AppImageArgs ImageOf(AppImageArgs shared, string name, string module) => shared with
    {
        Tag = shared.Tag is null ? null : Below(PinnedImage.Parse(shared.Tag), name),
        Dockerfile = $"{module}/{shared.Dockerfile}",
        DebianDockerfile = shared.DebianDockerfile is null ? null : $"{module}/{shared.DebianDockerfile}",
    };

    // Four images, one name for each: ghcr.io/acme/hub/auth-service:1.4
    private static string Below(PinnedImage tag, string name) => (tag with { Repository = $"{tag.Repository}/{name}" }).Reference;

    private static ImmutableArray<string> Uvicorn(string module, int port, int workers) =>
        ["uvicorn", $"{module}.main:app", "--host", "0.0.0.0", "--port", Text(port), "--workers", Text(workers)];

    // AUTH_SERVICE_URL
    private static string Variable(ServiceSpec service) => service.Name.ToUpperInvariant().Replace('-', '_') + "_URL";

    private static Template Address(ServiceSpec service) => service.Endpoint!.Url();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
