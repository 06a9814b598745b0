using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;

namespace Infra.Operations.Releases;

/// <summary>The releases of a stack: records what was deployed, and says which of them runs.</summary>
public sealed class StackReleases(Session session, StackContext stack)
{
    private const string Revision = "org.opencontainers.image.revision";
    private readonly ReleaseStore store = new(session.Shell, stack.Naming);
    private ReleaseHistory? read;

    // Code that is mounted is in no image.
    private bool AreKept => stack.Settings is { Environment: EnvironmentKind.Prod, App.LiveSource: false };

    /// <exception cref="UserErrorException">The stack keeps none, or the engine does not say which there are.</exception>
    public async Task<ReleaseHistory> RequireAsync(CancellationToken cancellationToken) =>
        AreKept
            ? await ReadAsync(cancellationToken)
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
        if (!AreKept || existing.IsEmpty) return null;
        try
        {
            var history = await ReadAsync(cancellationToken);
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
        if (!AreKept || stack.IsRolledBack) return stack;
        var history = await ReadAsync(cancellationToken);
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

    /// <summary>Records what runs as a release, unless the last one had the same images, or the stack was rolled back.</summary>
    /// <param name="running">The containers, all healthy.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RecordAsync(ImmutableArray<ContainerState> running, CancellationToken cancellationToken)
    {
        if (!AreKept || stack.IsRolledBack) return;
        if (ReleaseHistory.Images(stack, running) is not { IsEmpty: false } ids) return;
        try
        {
            var history = await ReadAsync(cancellationToken);
            if (history.Newest?.Has(ids) == true) return;
            var release = await MakeAsync((history.Newest?.Number ?? 0) + 1, ids, running, cancellationToken);
            await store.WriteAsync(new([.. history.Releases.Append(release).TakeLast(stack.Settings.App.Releases)]), cancellationToken);
        }
        // What was deployed runs all the same.
        catch (UserErrorException problem)
        {
            await session.Error.WriteLineAsync(problem.Message);
        }
    }

    private async Task<ReleaseHistory> ReadAsync(CancellationToken cancellationToken) => read ??= await store.ReadAsync(cancellationToken);

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

    private async Task<Release> MakeAsync(
        int number,
        ImmutableSortedDictionary<string, string> ids,
        ImmutableArray<ContainerState> running,
        CancellationToken cancellationToken
    )
    {
        var images = await Task.WhenAll(ids.Select(async id => (id.Key, Found: await InspectAsync(id.Value, cancellationToken))));
        var app = stack.Settings.App.Image;
        var commit = app.Published is null
            ? await SourceCommit.FindAsync(session.Shell, session.Workspace.Absolute(app.Context), cancellationToken)
            : new SourceCommit(images[0].Found?["Config"]?["Labels"]?[Revision]?.GetValue<string>(), false);
        return new Release(
            number,
            DateTimeOffset.UtcNow,
            $"{Environment.GetEnvironmentVariable("SUDO_USER") ?? Environment.UserName}@{Environment.MachineName}",
            commit.Id,
            commit.IsChanged,
            images.ToImmutableSortedDictionary(
                image => image.Key,
                image => new ReleaseImage(ids[image.Key], store.TagOf(image.Key, number, ids[image.Key]), Digest(image.Found)),
                StringComparer.Ordinal
            ),
            running.Where(container => container.IsStep)
                .ToImmutableSortedDictionary(container => container.Service, container => container.Id, StringComparer.Ordinal)
        );
    }

    private async Task<JsonNode?> InspectAsync(string id, CancellationToken cancellationToken)
    {
        var inspected = await session.Docker.RunAsync(["image", "inspect", "--format", "{{json .}}", id], cancellationToken);
        return inspected.Succeeded ? JsonNode.Parse(inspected.Output) : null;
    }

    // An engine may give an image that it never pushed a digest, too.
    private string? Digest(JsonNode? image)
    {
        var (app, names) = (stack.Settings.App.Image, image?["RepoDigests"]?.AsArray().Select(name => name!.GetValue<string>()) ?? []);
        var repository = app.Published?.Repository ?? app.Registry;
        return names.FirstOrDefault(name => repository is not null && (PinnedImage.Parse(name).Repository == repository
            || PinnedImage.Parse(name).Repository.StartsWith(repository + "/", StringComparison.Ordinal)));
    }
}
