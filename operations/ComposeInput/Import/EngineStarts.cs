using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Operations.ComposeInput.Import.Services;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.Engine;

namespace Infra.Operations.ComposeInput.Import;

/// <summary>Asks the engine how the images start that it has. Without an engine nothing is known, and nothing fails.</summary>
public static class EngineStarts
{
    /// <summary>ENTRYPOINT and CMD of the published images of an application, by their names.</summary>
    public static async Task<ImmutableDictionary<string, ImageStart>> AskAsync(
        IShell shell,
        ComposeApplication application,
        CancellationToken cancellationToken
    )
    {
        var starts = ImmutableDictionary.CreateBuilder<string, ImageStart>(StringComparer.Ordinal);
        foreach (var image in application.Services.Where(service => service.At("build") is null).Select(service =>
            service.Text("image")).OfType<string>().Distinct())
        {
            var answer = await shell.RunAsync(Docker.Program, ["image", "inspect", "--format", "{{json .Config}}", image], cancellationToken);
            if (!answer.Succeeded) continue;
            if (Parse(answer.Output) is { } start) starts[image] = start;
        }

        return starts.ToImmutable();
    }

    private static ImageStart? Parse(string output)
    {
        try
        {
            var config = JsonNode.Parse(output) as JsonObject;
            return config is null ? null : new ImageStart(Words(config["Entrypoint"]), Words(config["Cmd"]));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ImmutableArray<string> Words(JsonNode? list) => [.. (list as JsonArray ?? []).Select(word => word?.ToString()).OfType<string>()];
}
