using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Backups;

/// <summary>Runs the steps of a part's restore: in its service's container, or in one beside it, which ends whatever happens to its client.</summary>
internal sealed class RestoreSteps(IShell shell, Naming naming, SwapNote swaps)
{
    private const string Grace = "30";
    private readonly Docker docker = new(shell);

    /// <summary>Reads the part's file, and puts its data beside what is there.</summary>
    /// <exception cref="UserErrorException">They did not arrive completely, or are not what was dumped; nothing was changed.</exception>
    public async Task PrepareAsync(BackupFolder backup, RestoreStep step, CancellationToken cancellationToken)
    {
        var path = backup.FileOf(step.Written);
        string[] arguments =
            step.Part is VolumePart
                ? ["prepare", await PartFile.RequireArchiveAsync(step.Part, path, backup.TitleOf(step.Written), cancellationToken)]
                : ["prepare"];
        ShellResult result;
        try
        {
            await using var source = PartFile.Open(step.Part, path);
            result = await RunAsync(step.Part, step.Container, step.Image, arguments, source, cancellationToken);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw UserErrorException.Failed($"{backup.TitleOf(step.Written)}: It cannot be read: {error.Message} Nothing was changed.");
        }

        if (!result.Succeeded) throw UserErrorException.Failed($"{step.Part.Name}: It cannot be restored: {result.Reason} Nothing was changed.");
        if (step.Written.Rows is null) return;
        var differences = RowCounts.From(result).Differences(step.Written).ToArray();
        if (differences.Length > 0)
            throw UserErrorException.Failed(
                [.. differences, $"{step.Part.Name}: Restoring it does not give the data that was dumped. Nothing was changed."]
            );
    }

    /// <summary>
    /// Puts the data in their place, to its end.
    /// Where they lie on volumes, a note is kept until they are in place or the old ones are back.
    /// </summary>
    public Task<ShellResult> CommitAsync(RestoreStep step)
    {
        if (step.Image is { } image)
            swaps.Add(new Swap(step.Part.Name, [.. Mounts(step.Part).Select(VolumeOf)], [.. Beside(step.Part, image, [], ["undo"])]));
        return RunAsync(step, "commit");
    }

    /// <summary>One of the other steps, to its end.</summary>
    public Task<ShellResult> RunAsync(RestoreStep step, string word) => RunAsync(step.Part, step.Container, step.Image, word);

    /// <summary>The same, of a part that nothing is planned for.</summary>
    public Task<ShellResult> RunAsync(BackupPart part, ContainerState container, string? image, string word)
        => RunAsync(part, container, image, [word], null, CancellationToken.None);

    /// <summary>The data is complete, either way.</summary>
    public void End(RestoreStep step) => swaps.Remove(step.Part.Name);

    /// <summary>Ends the containers that a run which was killed has left.</summary>
    public async Task EndLeftoversAsync()
    {
        // They are no service's.
        foreach (
            var left in (await docker.AllContainersAsync(naming)).Where(container => container.Name.StartsWith(NameOf(""), StringComparison.Ordinal))
        )
            await EndAsync(left.Name);
    }

    private async Task<ShellResult> RunAsync(
        BackupPart part, ContainerState container, string? image, string[] arguments, Stream? input, CancellationToken cancellationToken)
    {
        string[] interactive = input is null ? [] : ["--interactive"];
        if (image is null)
            return await shell.StreamAsync(
                Docker.Program,
                ["exec", .. interactive, container.Id, .. part.Restore, .. arguments],
                input,
                null,
                cancellationToken
            );
        try
        {
            return await shell.StreamAsync(Docker.Program, Beside(part, image, interactive, arguments), input, null, cancellationToken);
        }
        catch
        {
            // The client is gone, its container not: while that is at work nothing else may be.
            await EndAsync(NameOf(part.Name));
            throw;
        }
    }

    private async Task EndAsync(string name)
    {
        await docker.RunAsync(["stop", "-t", Grace, name], CancellationToken.None);
        await docker.RunAsync(["rm", "--force", name], CancellationToken.None);
    }

    private string NameOf(string part) => naming.Physical($"restore-{part}");

    private static IEnumerable<VolumeMount> Mounts(BackupPart part) =>
        part is VolumePart volume ? [volume.Mount] : part.Service.Mounts.OfType<VolumeMount>();

    private string VolumeOf(VolumeMount mount) => naming.Volume(mount.Volume);

    // The image of the service has what its data need; its container's user has its rights. Labelled, so that 'down' finds one that stayed.
    private IEnumerable<string> Beside(BackupPart part, string image, string[] interactive, string[] arguments) =>
    [
        "run", "--rm", .. interactive, "--name", NameOf(part.Name), "--pull", "never", "--network", "none",
        .. Mounts(part).SelectMany(mount => new[] { "--volume", $"{VolumeOf(mount)}:{mount.Target}:nocopy" }),
        "--label", $"{Labels.Stack}={naming.Name}", "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
        .. part.Service.User is { } user ? ["--user", user] : Array.Empty<string>(),
        "--entrypoint", part.Restore[0], image, .. part.Restore[1..], .. arguments,
    ];
}
