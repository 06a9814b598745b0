using System.Collections.Immutable;
using Infra.Build;
using Infra.Cli;
using Infra.Engine;
using Infra.Model;

namespace Infra.Up;

/// <summary>Builds the images whose sources have changed, each once, those without ties side by side.</summary>
public sealed class ImageBuilder(Workspace workspace, IShell shell, Docker docker, IUpView view)
{
    private readonly LoggedBuild build = new(workspace, shell, view);

    /// <summary>Images that are not there, or were built from something else.</summary>
    public async Task<ImmutableArray<(BuiltImage Image, string Hash)>> StaleAsync(StackContext stack, CancellationToken cancel)
    {
        var builds = stack.Topology.Builds;
        var present = docker.ImagesAsync(builds.Select(stack.Naming.Tag), cancel);
        var hashes = builds.Select(image => (Image: image, Hash: BuildContext.Hash(workspace.Root, image))).ToArray();
        var images = await present;
        return [.. hashes.Where(build => !images.TryGetValue(stack.Naming.Tag(build.Image), out var image)
            || image.Labels?[Labels.Context]?.GetValue<string>() != build.Hash)];
    }

    /// <summary>Builds them, every image after the one it starts from.</summary>
    /// <exception cref="CliException">A build failed; the others have ended.</exception>
    public async Task BuildAsync(Naming naming, ImmutableArray<(BuiltImage Image, string Hash)> stale, CancellationToken cancel)
    {
        await build.DebianBaseAsync(naming, stale.Select(image => image.Image), cancel);
        var builds = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (var (image, hash) in stale)
        {
            var after = image.Base is { } own && builds.TryGetValue(own.Name, out var running) ? running : Task.CompletedTask;
            builds[image.Name] = after.ContinueWith(
                done => done.IsCompletedSuccessfully ? MakeAsync(naming, image, hash, cancel) : done,
                CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
        }

        await Task.WhenAll(builds.Values);
    }

    private async Task MakeAsync(Naming naming, BuiltImage image, string hash, CancellationToken cancel)
    {
        await build.RunAsync(naming, image.Name, Docker.Program, ["build", .. image.Platforms is [var platform] ? new[] { "--platform", platform } : [], .. Words(naming, image, hash)], cancel);
        if (!image.Push) return;
        string[] push = image.Platforms.Length > 1
            ? ["buildx", "build", "--push", "--platform", string.Join(',', image.Platforms), .. Words(naming, image, hash)]
            : ["push", "--quiet", naming.Tag(image)];
        view.Show($"image {image.Name}", "pushing");
        var result = await docker.RunAsync(push, cancel);
        view.Show($"image {image.Name}", result.Succeeded ? "pushed" : "failed");
        if (result.Succeeded) return;
        // Without its name it is built, from the cache, and pushed by the next run.
        await docker.RunAsync(["image", "rm", "--no-prune", naming.Tag(image)], CancellationToken.None);
        throw CliException.Failure($"image {image.Name}: It cannot be pushed to {naming.Tag(image)}: {result.Reason} Log in with 'docker login', or change infra:app.registry. Nothing that runs was touched.");
    }

    private IEnumerable<string> Words(Naming naming, BuiltImage image, string hash)
    {
        var context = workspace.Absolute(image.Context);
        return
        [
            "--tag", naming.Tag(image), "--label", $"{Labels.Context}={hash}",
            "--file", Path.Combine(context, image.Dockerfile),
            .. image.Target is null ? [] : new[] { "--target", image.Target },
            .. image.Network is null ? [] : new[] { "--network", image.Network },
            .. image.Args.SelectMany(arg => new[] { "--build-arg", $"{arg.Key}={arg.Value}" }),
            .. image.CacheFrom.SelectMany(from => new[] { "--cache-from", from }),
            context,
        ];
    }
}
