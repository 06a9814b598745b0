using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Builds;

/// <summary>Builds the images whose sources have changed, each once, those without ties side by side.</summary>
public sealed class ImageBuilder(Workspace workspace, IShell shell, Docker docker, IUpView view)
{
    private readonly LoggedBuild build = new(workspace, shell, view);

    /// <summary>Images that are not there, were built from something else, or have to be pushed and were not.</summary>
    public async Task<ImmutableArray<StaleImage>> StaleAsync(StackContext stack, CancellationToken cancellationToken)
    {
        var builds = stack.Topology.Builds;
        var present = docker.ImagesAsync(builds.Select(stack.Naming.Tag), cancellationToken);
        var hashes = builds.Select(image => (Image: image, Hash: BuildContext.Hash(workspace.Root, image))).ToArray();
        var images = await present;
        var pushed = new PushedImages(workspace, stack.Naming.Stack);
        return
        [
            .. from build in hashes
               let tag = stack.Naming.Tag(build.Image)
               let found = images.TryGetValue(tag, out var image) ? image : default
               let isBuilt = found.Labels?[Labels.Context]?.GetValue<string>() == build.Hash
               where !isBuilt || (build.Image.Push && !pushed.Has(tag, found.Id))
               select new StaleImage(build.Image, build.Hash, isBuilt),
        ];
    }

    /// <summary>Builds them, every image after the one it starts from.</summary>
    /// <exception cref="UserErrorException">A build failed; the others have ended.</exception>
    public async Task BuildAsync(Naming naming, ImmutableArray<StaleImage> stale, CancellationToken cancellationToken)
    {
        await build.DebianBaseAsync(naming, stale.Where(each => !each.IsBuilt).Select(each => each.Image), cancellationToken);
        var builds = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (var each in stale)
        {
            var after = each.Image.Base is { } own && builds.TryGetValue(own.Name, out var running) ? running : Task.CompletedTask;
            builds[each.Image.Name] = after.ContinueWith(
                done => done.IsCompletedSuccessfully ? MakeAsync(naming, each, cancellationToken) : done,
                CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Unwrap();
        }

        await Task.WhenAll(builds.Values);
    }

    private async Task MakeAsync(Naming naming, StaleImage stale, CancellationToken cancellationToken)
    {
        var image = stale.Image;
        string[] platform = image.Platforms is [var only] ? ["--platform", only] : [];
        if (!stale.IsBuilt)
            await build.RunAsync(
                naming,
                image.Name,
                Docker.Program,
                ["build", .. platform, .. Arguments(naming, image, stale.Hash)],
                cancellationToken
            );
        if (image.Push)
            await PushAsync(naming, image, stale.Hash, cancellationToken);
    }

    private async Task PushAsync(Naming naming, BuiltImage image, string hash, CancellationToken cancellationToken)
    {
        var tag = naming.Tag(image);
        string[] push = image.Platforms.Length > 1
            ? ["buildx", "build", "--push", "--platform", string.Join(',', image.Platforms), .. Arguments(naming, image, hash)]
            : ["push", "--quiet", tag];
        view.Show($"image {image.Name}", "pushing");
        var result = await docker.RunAsync(push, cancellationToken);
        view.Show($"image {image.Name}", result.Succeeded ? "pushed" : "failed");
        if (!result.Succeeded)
            throw UserErrorException.Failed(
                $"image {image.Name}: It cannot be pushed to {tag}: {result.Reason} Log in with 'docker login', or change infra:app.registry. "
                    + "Running containers were not changed."
            );
        if ((await docker.ImagesAsync([tag], cancellationToken)).TryGetValue(tag, out var pushed))
            new PushedImages(workspace, naming.Stack).Add(tag, pushed.Id);
    }

    private IEnumerable<string> Arguments(Naming naming, BuiltImage image, string hash)
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
