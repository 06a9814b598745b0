using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Project;

namespace Infra.Operations.Previews;

/// <summary>The preview for programs; its keys stay as they are.</summary>
public static class JsonPreview
{
    internal static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(StackContext stack) =>
        new JsonObject
        {
            ["stack"] = stack.Name,
            ["name"] = stack.Naming.Name,
            ["environment"] = stack.Settings.Environment.ToString().ToLowerInvariant(),
            ["images"] = stack.Images.ToString().ToLowerInvariant(),
            ["services"] = List(stack.Topology.InStartOrder().Select(service => (JsonNode)Service(stack, service))),
            ["volumes"] = List(
                stack.Topology.Volumes.Select(volume =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = stack.Naming.Volume(volume),
                            ["holdsState"] = volume.HoldsState,
                            ["existing"] = volume.Existing is not null,
                        }
                )
            ),
            ["networks"] = List(stack.Topology.Networks.Select(network => (JsonNode)stack.Naming.Physical(network.Name))),
            ["secrets"] = List(stack.Topology.Secrets.Select(secret => (JsonNode)secret.Name)),
            ["leftOut"] = List(stack.LeftOut.Select(name => (JsonNode)name)),
            ["findings"] = JsonFindings.List(stack.Findings),
        }.ToJsonString(Readable) + "\n";

    private static JsonObject Service(StackContext stack, ServiceSpec service) =>
        new()
        {
            ["name"] = service.Name,
            ["container"] = stack.Naming.Container(service),
            ["replicas"] = service.Containers(),
            ["kind"] = service.Kind,
            ["role"] = service.Role.ToString().ToLowerInvariant(),
            ["image"] = service.Image is BuiltImage built ? stack.Naming.Tag(built) : service.Image.ToString(),
            ["build"] = (service.Image as BuiltImage)?.Context,
            ["command"] = List(service.Command.Select(word => (JsonNode)word)),
            ["environment"] = new JsonObject(service.Environment.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.ToString()))),
            ["files"] = List(service.Files.Select(file => (JsonNode)file.Path)),
            ["ports"] = List(
                service.Ports.Select(port =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["address"] = port.Address,
                            ["host"] = port.Host,
                            ["container"] = port.Container,
                            ["protocol"] = port.Protocol,
                        }
                )
            ),
            ["mounts"] = List(ServiceLines.Mounts(service).Select(mount => (JsonNode)mount)),
            ["memoryBytes"] = service.Memory?.Bytes,
            ["cpus"] = service.Cpus is { } cpus ? cpus.Millicores / 1000.0 : null,
            ["probe"] = service.Health is { } health ? List(health.Test.Select(word => (JsonNode)word)) : null,
            ["waitsFor"] = List(
                service.WaitsFor.Select(wait =>
                    (JsonNode)new JsonObject { ["service"] = wait.Service, ["condition"] = wait.Condition.ToString().ToLowerInvariant() }
                )
            ),
        };

    private static JsonArray List(IEnumerable<JsonNode> items) => new([.. items]);
}
