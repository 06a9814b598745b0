using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Builds;

/// <summary>Fetches the published images that are not there, side by side, before anything is started.</summary>
public sealed class ImagePuller(IShell shell, Docker docker, IUpView view)
{
    /// <exception cref="UserErrorException">Some cannot be had; all of them are named.</exception>
    public async Task PullAsync(Topology topology, CancellationToken cancellationToken)
    {
        var wanted = topology.Services.Select(service => service.Image).OfType<PinnedImage>().Select(image => image.Reference).Distinct().ToArray();
        var present = await docker.ImagesAsync(wanted, cancellationToken);
        var failures = (
            await Task.WhenAll(
                wanted.Where(reference => !present.ContainsKey(reference)).Select(reference => PullAsync(reference, cancellationToken))
            )
        )
            .OfType<string>()
            .ToArray();
        if (failures.Length > 0)
            throw UserErrorException.BadInput(failures);
    }

    private async Task<string?> PullAsync(string reference, CancellationToken cancellationToken)
    {
        view.Show($"image {reference}", "pulling");
        var result = await shell.RunAsync(Docker.Program, ["pull", "--quiet", reference], cancellationToken);
        view.Show($"image {reference}", result.Succeeded ? "pulled" : "failed");
        return result.Succeeded
            ? null
            : $"image {reference}: It cannot be pulled: {result.Reason} Check its name, log in with 'docker login', or use '--images debian'.";
    }
}
