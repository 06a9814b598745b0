using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Releases;

/// <summary>Records what of a stack is deployed as its releases. That it cannot be is only said: what was deployed runs all the same.</summary>
public sealed class ReleaseRecorder(Session session, StackContext stack, ReleaseStore store)
{
    private const string Revision = "org.opencontainers.image.revision";

    /// <summary>
    /// Records what runs, or ran until now, where nothing recorded it: plain <c>pulumi up</c> deployed it, whose end nobody sees, or
    /// a version that kept no releases.
    /// </summary>
    public Task AdoptAsync(ImmutableArray<ContainerState> existing, CancellationToken cancellationToken) =>
        existing.All(container => container.IsWell)
            ? RecordAsync(existing, (history, ids) => history.Releases.Any(known => known.Has(ids)), isOurs: false, cancellationToken)
            : Task.CompletedTask;

    /// <summary>Records what was deployed, unless the last release had the same images, or the stack was rolled back.</summary>
    /// <param name="before">The containers that it has replaced.</param>
    /// <param name="running">The containers, all healthy.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RecordAsync(
        ImmutableArray<ContainerState> before,
        ImmutableArray<ContainerState> running,
        CancellationToken cancellationToken
    )
    {
        var (old, fresh) = (ReleaseHistory.Images(stack, before), ReleaseHistory.Images(stack, running));
        // The same ones may be those of an `up` that was killed before it could record them.
        if (old is not null && fresh is not null && !old.SequenceEqual(fresh)) await AdoptAsync(before, cancellationToken);
        await RecordAsync(running, (history, ids) => history.Newest?.Has(ids) == true, isOurs: true, cancellationToken);
    }

    private async Task RecordAsync(
        ImmutableArray<ContainerState> running,
        Func<ReleaseHistory, ImmutableSortedDictionary<string, string>, bool> isKnown,
        bool isOurs,
        CancellationToken cancellationToken
    )
    {
        if (!stack.HasReleases || stack.IsRolledBack) return;
        if (ReleaseHistory.Images(stack, running) is not { IsEmpty: false } ids) return;
        try
        {
            var history = await store.ReadAsync(cancellationToken);
            if (isKnown(history, ids)) return;
            var release = await MakeAsync((history.Newest?.Number ?? 0) + 1, ids, running, isOurs, cancellationToken);
            await store.WriteAsync(new([.. history.Releases.Append(release).TakeLast(stack.Settings.App.Releases)]), cancellationToken);
        }
        catch (UserErrorException problem)
        {
            await session.Error.WriteLineAsync(problem.Message);
        }
    }

    private async Task<Release> MakeAsync(
        int number,
        ImmutableSortedDictionary<string, string> ids,
        ImmutableArray<ContainerState> running,
        bool isOurs,
        CancellationToken cancellationToken
    )
    {
        var images = await Task.WhenAll(ids.Select(async id => (id.Key, Found: await InspectAsync(id.Value, cancellationToken))));
        var app = stack.Settings.App.Image;
        // What is in the tree now need not be what another has built from it.
        var commit = app.Published is null && isOurs
            ? await SourceCommit.FindAsync(session.Shell, session.Workspace.Absolute(app.Context), cancellationToken)
            : new SourceCommit(images[0].Found?["Config"]?["Labels"]?[Revision]?.GetValue<string>(), false);
        var user = Environment.GetEnvironmentVariable("SUDO_USER") ?? Environment.UserName;
        return new Release(
            number,
            isOurs ? DateTimeOffset.UtcNow : running.Max(container => container.Created),
            isOurs ? $"{user}@{Environment.MachineName}" : running[0].Engine?.Name() ?? "unknown",
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
