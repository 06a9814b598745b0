using Infra.Components;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Reads how the application's image is built, and where the result goes.</summary>
internal static class AppImageSettings
{
    public static AppImageArgs Read(Section app, EnvironmentKind? environment)
    {
        var registry = Registry(app);
        var image = new AppImageArgs
        {
            Context = app.Beside("context", "app", "its folder: what is sent to the builder"),
            Dockerfile = app.Below("dockerfile", "Dockerfile", "relative to the context"),
            DebianDockerfile = app.Below("debianDockerfile", "debian.Dockerfile", "the one for places without a registry; it starts `FROM ${BASE}`"),
            Target = app.Text("target", "the stage to build", "the last one"),
            Args = app.Named("args", "build arguments"),
            Tag = Tag(app, registry),
            Published = app.Image("image",
                "use this published image and build nothing: `ghcr.io/acme/shop:1.4@sha256:…`, as `./infra.sh build prod --push` prints it"),
            Platforms = app.List("platforms",
                "`[linux/amd64, linux/arm64]`; several are built where they are pushed "
                    + "(`./infra.sh build STACK --push`, and by `up` where it pushes), else the engine's own. One is built by `up` too"
            ),
            CacheFrom = app.List(
                "cacheFrom",
                "images in a registry that give layers: `[ghcr.io/acme/shop:cache]`. "
                    + "Under Pulumi only to an image whose own name begins with a registry"
            ),
            CacheTo = app.List("cacheTo", "images in a registry that take layers; not under Pulumi"),
            Registry = registry,
            // Development runs what it builds; it is pushed only on request.
            Push = registry is not null && environment == EnvironmentKind.Prod,
        };
        // Nothing else looks at what is not built in this stack.
        if (image.Published is not null && app.IsSet("context") && !app.HasFolder(image.Context))
            app.Report(
                "context",
                $"There is no folder '{image.Context}', which './infra.sh build' would build the next image from.",
                "Name your application's folder, or drop the setting."
            );
        return image;
    }

    private static string? Registry(Section app)
    {
        if (app.Text("registry",
                "the repository that prod pushes to, and any stack by `./infra.sh build STACK --push`: `ghcr.io/acme/shop`. "
                    + "`tag` is then `REGISTRY:latest`, or another one in it. The login is Docker's own (`docker login`). "
                    + "Under Pulumi the name begins with its registry, Docker Hub's with `docker.io/`"
            )
            is not { } registry
        )
            return null;
        var image = PinnedImage.Parse(registry);
        if (image.Digest is null && image.Repository == registry && PinnedImage.HasRegistry(registry) && PinnedImage.IsReference(registry))
            return registry;
        app.Report(
            "registry",
            $"'{registry}' is not a repository in a registry.",
            "Write its host and path without a tag, such as ghcr.io/acme/shop."
        );
        return null;
    }

    private static string? Tag(Section app, string? registry)
    {
        var tag = app.Tag("tag", "name and tag of the result", "`PREFIXapp:latest`");
        if (registry is null)
            return tag;
        if (tag is null)
            return registry + ":latest";
        if (tag.StartsWith(registry + ":", StringComparison.Ordinal))
            return tag;
        app.Report(
            "tag",
            $"'{tag}' is not in the repository {registry}, which infra:app.registry names.",
            $"Write {registry}:VERSION, or leave it out."
        );
        return null;
    }
}
