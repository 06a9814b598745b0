using System.Globalization;
using Infra.Operations.Engine;
using Infra.Operations.Project;
using Spectre.Console;

namespace Infra.Operations.Statuses;

/// <summary>How large each image of a stack is on the engine's disk, and who runs it.</summary>
public static class ImageSizes
{
    /// <summary>Writes a row per image. Shared layers count in each; the last row counts each image once.</summary>
    public static async Task WriteAsync(Docker docker, StackContext stack, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var images = stack.Topology.Services.GroupBy(service => stack.Naming.Reference(service.Image))
            .ToDictionary(group => group.Key, group => string.Join(", ", group.Select(service => service.Name)), StringComparer.Ordinal);
        var sizes = await Task.WhenAll(images.Keys.Select(async image => (image, Size: await SizeAsync(docker, image, cancellationToken))));
        var table = new Table()
            .Border(TableBorder.None)
            .AddColumns("image", await IsPackedAsync(docker, cancellationToken) ? "size (packed)" : "size (unpacked)", "runs as");
        foreach (var (image, size) in sizes.OrderByDescending(row => row.Size))
            table.AddRow(Markup.Escape(image), Text(size), images[image]);
        table.AddRow("all", Text(sizes.Sum(row => row.Size ?? 0)), "");
        console.Write(table);
    }

    // containerd's image store shows what a pull would fetch, the classic one what the layers take on the disk.
    private static async Task<bool> IsPackedAsync(Docker docker, CancellationToken cancellationToken) =>
        (await docker.RunAsync(["info", "--format", "{{json .DriverStatus}}"], cancellationToken)).Output.Contains(
            "io.containerd.snapshotter",
            StringComparison.Ordinal
        );

    private static async Task<long?> SizeAsync(Docker docker, string image, CancellationToken cancellationToken)
    {
        var result = await docker.RunAsync(["image", "inspect", "--format", "{{.Size}}", image], cancellationToken);
        return long.TryParse(result.Output.Trim(), CultureInfo.InvariantCulture, out var size) ? size : null;
    }

    private static string Text(long? size) => size is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB") : "not there";
}
