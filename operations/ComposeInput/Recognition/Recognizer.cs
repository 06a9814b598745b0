using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Recognition;

/// <summary>Tells what each service is: by its image's name, its command, its Dockerfile, and what else runs on its image.</summary>
public sealed partial class Recognizer
{
    private static readonly ImmutableHashSet<string> Stores = ["postgres", "redis", "valkey", "rabbitmq"];

    private readonly ImmutableDictionary<string, DockerfileFacts> dockerfiles;
    private readonly ImmutableHashSet<string> awaitedToEnd;
    private readonly Applications applications;

    /// <param name="application">What the files describe.</param>
    public Recognizer(ComposeApplication application)
    {
        dockerfiles = application.Services.ToImmutableDictionary(
            service => service.Name,
            service => DockerfileFacts.Of(application.BuilderOf(service)),
            StringComparer.Ordinal
        );
        awaitedToEnd =
        [
            .. application.Services.SelectMany(Dependencies).Where(wait => wait.Condition == "service_completed_successfully")
                .Select(wait => wait.Service),
        ];
        applications = new Applications(application.Services, service => Commands.Kind(CommandOf(service)), DockerfileOf);
    }

    /// <summary>What the Dockerfile of a service says; nothing of one that is not built or whose file cannot be read.</summary>
    public DockerfileFacts DockerfileOf(ComposeService service) => dockerfiles[service.Name];

    /// <summary>What it is.</summary>
    public Recognized Recognize(ComposeService service)
    {
        if (service.Text("image") is { } image && service.At("build") is null && KnownImage.Find(image) is { } known)
            return Commands.IsClient(service) ? new Recognized("container", ServiceRole.Job)
                : known.Role == ServiceRole.Proxy && !StandsInFront(service) ? new Recognized(known.Kind, ServiceRole.Other, known)
                : new Recognized(known.Kind, known.Role, known);
        var from = DockerfileOf(service).Base is { } name ? KnownImage.Find(name) : null;
        // What is built on a store's image is that store with something added.
        if (from is not null && Stores.Contains(from.Kind)) return new Recognized(from.Kind, from.Role, from);
        if (!applications.Has(service)) return new Recognized("container", RoleOfOther(service, from));
        var kind = KindOnApplication(service);
        return new Recognized(kind, RoleOf(kind));
    }

    /// <summary>The services that it waits for, and how far they must have come, as Compose calls that.</summary>
    public static IEnumerable<(string Service, string Condition)> Dependencies(ComposeService service) =>
        (service.At("depends_on") as JsonObject ?? [])
            .Select(wait => (wait.Key, wait.Value?["condition"]?.GetValue<string>() ?? "service_started"));

    /// <summary>What is executed: entrypoint and command, or what its Dockerfile says in their place.</summary>
    public ImmutableArray<string> CommandOf(ComposeService service)
    {
        var (entrypoint, command) = (service.Words("entrypoint"), service.Words("command"));
        var file = DockerfileOf(service);
        return
        [
            .. entrypoint.IsEmpty ? file.Entrypoint : entrypoint,
            .. command.IsEmpty && entrypoint.IsEmpty ? file.Command : command,
        ];
    }

    private ServiceRole RoleOfOther(ComposeService service, KnownImage? from) =>
        IsProxy(service, from) ? ServiceRole.Proxy
        : service.Text("restart") is null or "no" && Commands.Kind(CommandOf(service)) == "step" ? ServiceRole.Job
        : ServiceRole.Other;

    private string KindOnApplication(ComposeService service)
    {
        var told = Commands.Kind(CommandOf(service));
        // A script may serve, or prepare what others serve: what is waited for until it has ended does end.
        if (told is null or "web" or "process" && awaitedToEnd.Contains(service.Name)) return "step";
        if (told is not null) return told;
        if (service.Text("restart") == "no") return "step";
        return Serves(service) ? "web" : "process";
    }

    private bool Serves(ComposeService service)
    {
        var isImagesOwn = service.Words("command").IsEmpty && service.Words("entrypoint").IsEmpty;
        // It may answer its probe over HTTP, and serves nobody else.
        if (BackgroundName().IsMatch(service.Name)) return false;
        return service.Items("ports").Any()
            || WebName().IsMatch(service.Name)
            || service.Words("expose").Length > 0
            || Commands.NamesPort(CommandOf(service))
            || HttpProbe().IsMatch(string.Join(' ', service.Words("healthcheck.test")))
            || (isImagesOwn && (DockerfileOf(service).Exposes || (applications.Sharing(service) > 1 && !DockerfileOf(service).IsRead)));
    }

    // By its name, or by what its image is made from where that is what it runs.
    private static bool IsProxy(ComposeService service, KnownImage? from) =>
        Product().IsMatch(service.Text("image") is { } image && service.At("build") is null ? PinnedImage.Parse(image).Repository : "")
        || (from?.Role == ServiceRole.Proxy && ProxyName().IsMatch(service.Name) && service.Words("command").IsEmpty);

    private static bool StandsInFront(ComposeService service) =>
        ProxyName().IsMatch(service.Name) || Dependencies(service).Any() || service.Items("volumes").Any(IsConfiguration)
        || service.Items("configs").Any() || service.Words("command").Length > 0;

    private static bool IsConfiguration(JsonObject mount) =>
        Configuration().IsMatch(ComposeService.TextOf(mount["target"]) ?? "")
        || (ComposeService.TextOf(mount["source"])?.EndsWith("docker.sock", StringComparison.Ordinal) ?? false);

    private static ServiceRole RoleOf(string kind) => kind switch
    {
        "web" => ServiceRole.Web,
        "worker" => ServiceRole.Worker,
        "beat" => ServiceRole.Beat,
        "flower" => ServiceRole.Monitoring,
        "step" => ServiceRole.Job,
        _ => ServiceRole.Other,
    };

    [GeneratedRegex(@"(^|[-_])(nginx|traefik|caddy|haproxy|envoy|proxy|gateway|ingress|edge|lb|router|reverse)($|[-_\d])")]
    private static partial Regex ProxyName();

    [GeneratedRegex(@"(^|[-_])(scheduler|schedule|worker|consumer|ingest|cron|beat|triggerer|listener|bot)s?($|[-_\d])")]
    private static partial Regex BackgroundName();

    [GeneratedRegex(@"(^|[-_])(web|api|server|webserver|django|flask|fastapi|backend|site|www)($|[-_\d])")]
    private static partial Regex WebName();

    [GeneratedRegex("/(nginx|traefik|caddy|haproxy|envoy)$")]
    private static partial Regex Product();

    [GeneratedRegex("^/etc/(nginx|caddy|traefik|haproxy|envoy)|^/usr/local/etc/haproxy|^/traefik|nginx\\.conf|Caddyfile")]
    private static partial Regex Configuration();

    [GeneratedRegex(@"https?://(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])")]
    private static partial Regex HttpProbe();
}
