using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Stacks.Systems;

namespace Infra.Stacks.Configuration;

/// <summary>Which of the ready systems a stack is, and the settings of the services that only they run.</summary>
public sealed record SystemSettings
{
    /// <summary>The system; the project's own application when unset.</summary>
    public required SystemKind? Kind { get; init; }

    /// <summary>Physical names of containers, by service, where the stack's prefix and the service's name will not do.</summary>
    public required ImmutableSortedDictionary<string, string> ContainerNames { get; init; }

    public required LocalStackSettings LocalStack { get; init; }

    public required OllamaArgs Ollama { get; init; }

    public required ChromaArgs Chroma { get; init; }

    public required GatewaySettings Gateway { get; init; }

    /// <summary>Names for containers of services that the stack does not have.</summary>
    public IEnumerable<Finding> Review(Topology topology)
    {
        var names = topology.Services.Select(service => service.Name).ToArray();
        return ContainerNames.Keys.Where(name => !names.Contains(name)).Select(name => new Finding("SETTINGS", Severity.Error, $"infra:containerNames.{Visible.Beginning(name)}",
            "The stack has no such service.", Nearest.To(name, names) is { } near ? $"Did you mean '{near}'?" : $"Services: {string.Join(", ", names)}."));
    }
}

public sealed record LocalStackSettings(bool Enabled, PinnedImage Image, int? Port, Size Memory);

public sealed record GatewaySettings(int? Port, PinnedImage Image, Size Body);

/// <summary>Reads them.</summary>
internal static class SystemSettingsReader
{
    public static SystemSettings Read(Section root) => new()
    {
        Kind = root.Choice<SystemKind>("system"),
        ContainerNames = root.Containers("containerNames"),
        LocalStack = root.Read("localstack", localstack => new LocalStackSettings(
            localstack.Flag("enabled") ?? true,
            localstack.Image("image") ?? Images.LocalStack,
            localstack.Port("port"),
            localstack.Memory("memory", Size.GiB(1)))),
        Ollama = root.Read("ollama", ollama => new OllamaArgs
        {
            Enabled = ollama.Flag("enabled") ?? true,
            Image = ollama.Image("image") ?? Images.Ollama,
            Port = ollama.Port("port"),
            Memory = ollama.Memory("memory", Size.GiB(8)),
            Cpus = ollama.Cpus("cpus", Cpu.Cores(2)),
        }),
        Chroma = root.Read("chroma", chroma => new ChromaArgs
        {
            Enabled = chroma.Flag("enabled") ?? true,
            Image = chroma.Image("image") ?? Images.Chroma,
            Port = chroma.Port("port"),
            Memory = chroma.Memory("memory", Size.GiB(1)),
            Cpus = chroma.Cpus("cpus", Cpu.Cores(1)),
        }),
        Gateway = root.Read("gateway", gateway => new GatewaySettings(
            gateway.Port("port"),
            gateway.Image("image") ?? Images.Caddy,
            gateway.Memory("body", Size.MiB(32)))),
    };
}
