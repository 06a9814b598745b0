using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;

namespace Infra.Operations.Builds;

/// <summary>Decides once per stack where its images come from.</summary>
public sealed class ImageDecision(Workspace workspace, IShell shell, Docker docker)
{
    // What a registry says that is there, and has no such image or does not give it to everybody.
    private static readonly string[] Refusals = ["no such manifest", "manifest unknown", "denied", "unauthorized", "toomanyrequests"];
    private static readonly TimeSpan RegistryPatience = TimeSpan.FromSeconds(15);

    /// <summary>What was asked for or set, else what is remembered, else what is on the engine already, else registries if one answers.</summary>
    /// <returns>The source, and the reason where it was decided just now.</returns>
    public async Task<(ImageSource Source, string? Reason)> DecideAsync(
        string stack,
        Settings settings,
        ImageSource asked,
        CancellationToken cancellationToken
    )
    {
        if (asked != ImageSource.Auto) return (asked, null);
        if (settings.Images != ImageSource.Auto) return (settings.Images, null);
        if (ImageMemory.Recall(workspace, stack) is { } remembered) return (remembered, null);
        var (source, reason) = await LookAsync(settings, cancellationToken);
        return (
            source,
            $"Images come from {(source == ImageSource.Debian ? "Debian's packages, built here" : "registries")}: {reason}. "
                + $"Remembered for '{stack}'; --images changes it."
        );
    }

    private async Task<(ImageSource, string)> LookAsync(Settings settings, CancellationToken cancellationToken)
    {
        var published = Published(await StackFactory.GatherAsync(settings, ImageSource.Registry)).ToArray();
        if (published.Length == 0) return (ImageSource.Registry, "the stack uses no third-party image");
        var present = await docker.ImagesAsync(published, cancellationToken);
        if (present.Count == published.Length) return (ImageSource.Registry, "all of them are on the engine");
        var missing = published.First(reference => !present.ContainsKey(reference));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(RegistryPatience);
        try
        {
            var answer = await shell.RunAsync(Docker.Program, ["manifest", "inspect", missing], patience.Token);
            return answer.Succeeded || Refusals.Any(refusal => answer.Error.Contains(refusal, StringComparison.OrdinalIgnoreCase))
                ? (ImageSource.Registry, $"a registry answers for {missing}")
                : (ImageSource.Debian, $"no registry can be reached for {missing}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (ImageSource.Debian, $"no registry answered for {missing} within {RegistryPatience.TotalSeconds:0} s");
        }
    }

    private static IEnumerable<string> Published(Topology topology)
        => topology.Services.Select(service => service.Image).OfType<PinnedImage>().Select(image => image.Reference).Distinct();
}
