using System.Text.Json.Nodes;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>The names by which others reach a service besides its own.</summary>
internal static class NetworkNames
{
    public static IEnumerable<string> Of(ComposeService service) =>
        new[] { service.Text("container_name"), service.Text("hostname") }.OfType<string>()
            .Concat((service.At("networks") as JsonObject ?? []).SelectMany(network => Aliases(network.Value)))
            .Where(name => name != service.Name);

    private static IEnumerable<string> Aliases(JsonNode? network) =>
        (network?["aliases"] as JsonArray ?? []).Select(ComposeService.TextOf).OfType<string>();
}
