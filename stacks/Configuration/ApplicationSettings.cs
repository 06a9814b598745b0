using System.Collections.Immutable;
using Infra.Components.Dockerfiles;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Reads what the application is, and what it looks for in its environment.</summary>
internal static class ApplicationSettings
{
    private const StackKinds WithBroker = StackKinds.All & ~StackKinds.CreatorHub;

    private const StackKinds WithDatabaseUrl = StackKinds.All & ~(StackKinds.Marketplace | StackKinds.Paqueteria);

    private const StackKinds WithReload = StackKinds.All & ~(StackKinds.Mikrom | StackKinds.CreatorHub);

    public static AppSettings Read(Section app, EnvironmentKind? environment)
    {
        var image = AppImageSettings.Read(app, environment);
        var build = app.Read(
            "build",
            "what the verb `dockerfile` writes from; with `runtime: distroless` no probe needs a shell",
            BuildSettings.Read
        );
        return new AppSettings
        {
            Image = image,
            Dependencies = app.Existing(image.Context, "requirements*.txt", "poetry.lock", "Pipfile.lock"),
            Entrypoint = app.Entrypoint(image, image.Dockerfile),
            DebianEntrypoint = app.Entrypoint(image, image.DebianDockerfile),
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
            Celery = app.Module("celery", "shop.celery_app", "the Celery application", WithBroker),
            Environment = Variables.From(app.Named("environment", "variables, by name").Select(pair => (pair.Key, (Template)pair.Value))),
            Secrets = app.Variables("secrets", "variables whose values are secrets: `STRIPE_KEY` is the secret `stripe-key`")
                .ToImmutableSortedDictionary(variable => variable, Secrets.Named, StringComparer.Ordinal),
            Public = app.Variables(
                "public",
                "variables of `environment` and build arguments "
                    + "that look like a credential to the rule `SECRETS-NOT-IN-ENV` and are none: `[RECAPTCHA_TOKEN]`"
            ),
            Delivery = Delivery(app, build),
            Names = app.Read("variables", "the variables in which it looks for its services", Names),
            Volumes = app.Volumes("volumes",
                "named volumes of its own: `uploads: /app/uploads`, or `/app/uploads:ro` where they are only read. "
                    + "One that the engine has given to root is opened to everybody in the container (mode 1777), "
                    + "by root without a capability, before the first service starts on it. None has a service's name, or lies over the code",
                StackKinds.All & ~StackKinds.Paqueteria
            ),
            ReadOnly = app.Flag("readOnly", "whether its root file system is read-only; `/tmp` stays writable", "`false` in dev, `true` in prod"),
            LiveSource = app.Flag(
                "liveSource",
                false,
                "whether the system `paqueteria` mounts the source and reloads it, in production",
                StackKinds.Paqueteria
            ),
            Build = build,
            Migrate = app.Command("migrate", [],
                "a command (`python3 -m shop.migrate`) that runs on the image, and must succeed, before web, worker and beat start: "
                    + "once, and again when the image or its settings have changed. "
                    + "In prod the version that serves meanwhile must get along with the new schema. Under Pulumi it may take 20 minutes",
                StackKinds.Own
            ),
        };
    }

    private static SecretDelivery Delivery(Section app, BuildSettings build)
    {
        var delivery = app.ChoiceOr("delivery", SecretDelivery.File,
            "`file`: `NAME_FILE` leads to a file; `export`: the process gets `NAME`, read from the file as it starts, "
                + "and so does the image's own ENTRYPOINT before it, where `dockerfile` says one (not of a published image, nor of `creator-hub`'s)"
        );
        if (delivery == SecretDelivery.File || build.Runtime != ImageRuntime.Distroless)
            return delivery;
        app.Report(
            "delivery",
            "Secrets are exported by a shell, and a distroless image has none.",
            "Set it to file, or infra:app.build's runtime to slim."
        );
        return SecretDelivery.File;
    }

    private static ConnectionNames Names(Section names) => new(
        names.Variable("database", "DATABASE_URL", "the database's URL", WithDatabaseUrl),
        names.Variable("broker", "BROKER_URL", "the broker's URL", WithBroker),
        names.Variable("cache", "CACHE_URL", "the cache's URL"),
        names.Variable("results", "RESULT_BACKEND_URL", "the URL of Celery's result backend", WithBroker),
        names.Text("databaseScheme", "the scheme of the database's URL, for a driver's own: `postgresql+asyncpg`", "`postgresql`", WithDatabaseUrl));
}
