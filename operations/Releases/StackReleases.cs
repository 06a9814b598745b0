using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;

namespace Infra.Operations.Releases;

/// <summary>The releases of a stack: which of them runs, and the stack on one of them.</summary>
public sealed class StackReleases(Session session, StackContext stack)
{
    /// <summary>Where they are kept.</summary>
    public ReleaseStore Store { get; } = new(session.Shell, stack.Naming);

    /// <exception cref="UserErrorException">The stack keeps none, or the engine does not say which there are.</exception>
    public async Task<ReleaseHistory> RequireAsync(CancellationToken cancellationToken) =>
        stack.HasReleases
            ? await Store.ReadAsync(cancellationToken)
            : throw UserErrorException.BadInput(
                $"{stack.Naming.Name}: It runs the code of {stack.Settings.App.Image.Context}/, not that of an image, so it has no releases. "
                    + "Check out the commit that you want there."
            );

    /// <summary>A line on the release that runs, where the stack was rolled back to it; nothing where it was not.</summary>
    /// <param name="existing">The stack's containers.</param>
    /// <param name="then">What to say of the tree, where nothing in the settings keeps the stack there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string?> RolledBackAsync(ImmutableArray<ContainerState> existing, string then, CancellationToken cancellationToken)
    {
        if (stack.IsRolledBack)
            return $"{stack.Source.Where("app.rollback")}: Its services run {stack.Settings.App.Rollback.Values.First()}, of an earlier release. "
                + $"To deploy what is in the tree again: pulumi config rm --path infra:app.rollback --stack {stack.Name}";
        if (!stack.HasReleases || existing.IsEmpty) return null;
        try
        {
            var history = await Store.ReadAsync(cancellationToken);
            return history.Running(stack, existing) is { } running && running != history.Newest
                ? $"{stack.Naming.Name}: It runs {running.Title}, to which it was rolled back. {then}"
                : null;
        }
        catch (UserErrorException problem)
        {
            return problem.Message;
        }
    }

    /// <summary>The stack as it runs: with the images of the release that it was rolled back to, should it have been.</summary>
    public async Task<StackContext> AsRunningAsync(ImmutableArray<ContainerState> existing, CancellationToken cancellationToken)
    {
        if (!stack.HasReleases || stack.IsRolledBack) return stack;
        var history = await Store.ReadAsync(cancellationToken);
        return history.Running(stack, existing) is { } running && running != history.Newest
            ? await OnAsync(running, isByDigest: false, cancellationToken)
            : stack;
    }

    /// <summary>The stack with the images of a release. What its settings say besides stays.</summary>
    /// <param name="release">The release.</param>
    /// <param name="isByDigest">Whether an image that a registry has is named by its digest, rather than by a tag of this engine's own.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserErrorException">An image is gone.</exception>
    public async Task<StackContext> OnAsync(Release release, bool isByDigest, CancellationToken cancellationToken)
    {
        var images = await ReferencesAsync(release, isByDigest, cancellationToken);
        var settings = stack.Settings with
        {
            App = stack.Settings.App with
            {
                Rollback = images.ToImmutableSortedDictionary(image => image.Key, image => PinnedImage.Parse(image.Value), StringComparer.Ordinal),
            },
        };
        return await StackLoader.GatherAsync(session.Workspace, stack.Name, settings, stack.Source, stack.Images);
    }

    private async Task<ImmutableSortedDictionary<string, string>> ReferencesAsync(
        Release release,
        bool isByDigest,
        CancellationToken cancellationToken
    )
    {
        var there = await session.Docker.ImagesAsync(release.Images.Values.Select(image => image.Tag), cancellationToken);
        var gone = release.Images.Values.Where(image => !there.ContainsKey(image.Tag) && image.Digest is null).ToArray();
        if (gone.Length > 0)
            throw UserErrorException.BadInput(
                gone.Select(image =>
                    $"{image.Tag}: The image is gone ('docker image prune --all' removes what no container runs). "
                    + (release.Commit is null ? "Check out what it was built from" : $"Check out {release.CommitText}")
                    + $" and run './infra.sh up {stack.Name}'."
                )
            );
        return release.Images.ToImmutableSortedDictionary(
            image => image.Key,
            image => image.Value.Digest is { } digest && (isByDigest || !there.ContainsKey(image.Value.Tag)) ? digest : image.Value.Tag,
            StringComparer.Ordinal
        );
    }
}
