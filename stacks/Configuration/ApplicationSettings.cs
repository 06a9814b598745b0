using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Reads what the application is, and what it looks for in its environment.</summary>
internal static class ApplicationSettings
{
    private const StackKinds WithBroker = StackKinds.All & ~StackKinds.CreatorHub;

    // Development runs the code of its folder, whatever its image has.
    private const StackKinds WithReleases = StackKinds.All & ~StackKinds.Dev;

    private const StackKinds WithReload = StackKinds.All & ~(StackKinds.Mikrom | StackKinds.CreatorHub);

    public static AppSettings Read(Section app, EnvironmentKind? environment)
    {
        var image = AppImageSettings.Read(app, environment);
        OldKeys.ReviewApp(app);
        var build = app.Read(
            "build",
            "what the verb `dockerfile` writes from; with `runtime: distroless` no probe needs a shell",
            BuildSettings.Read
        );
        var started = app.Started(image, image.Dockerfile);
        var entrypoint = app.Command(
            "entrypoint",
            [],
            "the ENTRYPOINT that its image has, where `image` is a published one: each process runs by it, with exported secrets there before it"
        );
        if (!entrypoint.IsEmpty) started = started with { Entrypoint = entrypoint };
        // A published image is the same everywhere.
        var onDebian = image.Published is null ? app.Started(image, image.DebianDockerfile) : started;
        return new AppSettings
        {
            Image = image,
            Dependencies = app.Existing(image.Context, "requirements*.txt", "poetry.lock", "Pipfile.lock"),
            Entrypoint = started.Entrypoint,
            DebianEntrypoint = onDebian.Entrypoint,
            ImageCommand = started.Command,
            DebianCommand = onDebian.Command,
            Directory = app.ContainerPath("directory", "/app", "where the context's content lies in the image"),
            Source = app.Below("source", "folders below the context whose code development reloads", ["src"]),
            Reload = app.ChoiceOr(
                "reload",
                ReloadMode.Mount,
                "`mount`: the folders are mounted; `sync`: `watch` copies what changed, for an engine elsewhere",
                WithReload
            ),
            Reloader = app.ChoiceOr(
                "reloader",
                Reloader.Preload,
                "`preload`: third-party modules stay loaded between reloads, and a stop waits for the running task; "
                    + "`watchfiles`: uvicorn's own reload, and `watchfiles --filter python` for the others (its stop kills after 5 s). "
                    + "Both need the package `watchfiles` in the image",
                WithReload
            ),
            Celery = app.Module("celery", "the Celery application: `shop.celery_app`", WithBroker),
            Process = Process(app, build),
            ReadOnly = app.Flag("readOnly", "whether its root file system is read-only; `/tmp` stays writable", "`false` in dev, `true` in prod"),
            LiveSource = app.Flag(
                "liveSource",
                false,
                "whether the system `paqueteria` mounts the source and reloads it, in production",
                StackKinds.Paqueteria
            ),
            Releases = app.NumberOr(
                "releases",
                5,
                1,
                50,
                "how many releases of its image the engine keeps for `rollback`, the one that runs among them",
                WithReleases
            ),
            Rollback = Rollback(app),
            Build = build,
        };
    }

    private static ImmutableSortedDictionary<string, PinnedImage> Rollback(Section app)
    {
        var none = ImmutableSortedDictionary.Create<string, PinnedImage>(StringComparer.Ordinal);
        // Four images would need four settings: through Compose all of them go back without any.
        var image = app.Image(
            "rollback",
            "the image of an earlier release, which its services run instead; steps stay with its own. `rollback` sets it under Pulumi",
            null,
            WithReleases & ~StackKinds.CreatorHub
        );
        return image is null ? none : none.Add(AppSettings.ImageName, image);
    }

    private static ProcessSettings Process(Section app, BuildSettings build)
    {
        var process = ProcessSettings.Read(app, "`file`");
        return process.ReviewDelivery(app, build) ? process : process with { Delivery = SecretDelivery.File };
    }
}
