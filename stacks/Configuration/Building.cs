using Infra.Components;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Reads how the application's image is built, and where the result goes.</summary>
internal static class Building
{
    public static AppImageArgs Read(Section app, EnvironmentKind? environment)
    {
        var registry = Registry(app);
        var image = new AppImageArgs
        {
            Context = app.Beside("context", "app"),
            Dockerfile = app.Below("dockerfile", "Dockerfile"),
            DebianDockerfile = app.Below("debianDockerfile", "debian.Dockerfile"),
            Target = app.Text("target"),
            Args = app.Named("args"),
            Tag = Tag(app, registry),
            Published = app.Image("image"),
            Platforms = app.List("platforms"),
            CacheFrom = app.List("cacheFrom"),
            CacheTo = app.List("cacheTo"),
            Registry = registry,
            // Development runs what it builds; nobody else gets it unasked.
            Push = registry is not null && environment == EnvironmentKind.Prod,
        };
        // Nothing else looks at what is not built in this stack.
        if (image.Published is not null && app.Text("context") is { } context && !app.HasFolder(context))
            app.Report("context", $"There is no folder '{context}', which './infra.sh build' would build the next image from.", "Name your application's folder, or drop the setting.");
        return image;
    }

    private static string? Registry(Section app)
    {
        if (app.Text("registry") is not { } registry) return null;
        var image = PinnedImage.Parse(registry);
        if (image.Digest is null && image.Repository == registry && IsQualified(registry) && PinnedImage.IsReference(registry)) return registry;
        app.Report("registry", $"'{registry}' is not a repository in a registry.", "Write its host and path without a tag, such as ghcr.io/acme/shop.");
        return null;
    }

    private static string? Tag(Section app, string? registry)
    {
        var tag = app.Tag("tag");
        if (registry is null) return tag;
        if (tag is null) return registry + ":latest";
        if (tag.StartsWith(registry + ":", StringComparison.Ordinal)) return tag;
        app.Report("tag", $"'{tag}' is not in the repository {registry}, which infra:app.registry names.", $"Write {registry}:VERSION, or leave it out.");
        return null;
    }

    // As engines tell a registry's host from a folder of the default one.
    private static bool IsQualified(string repository)
        => repository.Split('/') is [var host, _, ..] && (host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal) || host == "localhost");
}
