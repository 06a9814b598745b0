using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Recognition;

/// <summary>Tells what each service is: by its image's name, its command, or its Dockerfile's last one.</summary>
public sealed class Recognizer(ComposeApplication application)
{
    private readonly ImmutableDictionary<string, DockerfileFacts> dockerfiles = application.Services
        .ToImmutableDictionary(service => service.Name, DockerfileFacts.Of);

    private readonly Lazy<ImmutableHashSet<string>> awaitedToEnd = new(() =>
    [
        .. application.Services.SelectMany(Dependencies).Where(wait => wait.Condition == "service_completed_successfully")
            .Select(wait => wait.Service),
    ]);

    private ImmutableHashSet<string>? applications;

    /// <summary>What the Dockerfile of a service says; nothing of one that is not built or whose file cannot be read.</summary>
    public DockerfileFacts DockerfileOf(ComposeService service) => dockerfiles[service.Name];

    /// <summary>What it is.</summary>
    public Recognized Recognize(ComposeService service)
    {
        if (service.Text("image") is { } image && service.At("build") is null && KnownImage.Find(image) is { } known)
            return new Recognized(known.Kind, known.Role, known);
        if (dockerfiles[service.Name].Base is { } from && KnownImage.Find(from) is { Kind: "postgres" or "redis" or "valkey" or "rabbitmq" } made)
            // What is built on a store's image is that store with something added.
            return new Recognized(made.Kind, made.Role, made);
        var direct = Direct(service);
        var kind = direct ?? (Applications.Contains(ImageKey(service)) ? "process" : "container");
        // A script may serve, or prepare what others serve: what is waited for until it has ended does end.
        if (kind is "process" or "web" && awaitedToEnd.Value.Contains(service.Name)) kind = "step";
        return new Recognized(kind, RoleOf(kind, service));
    }

    /// <summary>The services that it waits for, and how far they must have come, as Compose calls that.</summary>
    public static IEnumerable<(string Service, string Condition)> Dependencies(ComposeService service) =>
        (service.At("depends_on") as JsonObject ?? [])
            .Select(wait => (wait.Key, wait.Value?["condition"]?.GetValue<string>() ?? "service_started"));

    /// <summary>What is executed: entrypoint and command, or what its Dockerfile says in their place.</summary>
    public ImmutableArray<string> CommandOf(ComposeService service)
    {
        var (entrypoint, command) = (service.Words("entrypoint"), service.Words("command"));
        var file = dockerfiles[service.Name];
        return
        [
            .. entrypoint.IsEmpty ? file.Entrypoint : entrypoint,
            .. command.IsEmpty && entrypoint.IsEmpty ? file.Command : command,
        ];
    }

    // What two services share is one image, whatever builds it.
    private ImmutableHashSet<string> Applications => applications ??=
        [.. application.Services.Where(service => Direct(service) is not null).Select(ImageKey)];

    private string? Direct(ComposeService service) => Commands.Kind(CommandOf(service));

    private static string ImageKey(ComposeService service) => service.Text("build.context") is { } context
        ? $"{context}/{service.Text("build.dockerfile")}"
        : PinnedImage.Parse(service.Text("image") ?? service.Name).Repository;

    private ServiceRole RoleOf(string kind, ComposeService service) => kind switch
    {
        "web" => ServiceRole.Web,
        "worker" => ServiceRole.Worker,
        "beat" => ServiceRole.Beat,
        "flower" => ServiceRole.Monitoring,
        "step" => ServiceRole.Job,
        "container" when dockerfiles[service.Name].Base is { } from && KnownImage.Find(from)?.Role == ServiceRole.Proxy
            && service.At("ports") is not null => ServiceRole.Proxy,
        _ => ServiceRole.Other,
    };
}
