using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Which of the ready systems a stack is, and the settings of the services that only they run.</summary>
public sealed record SystemSettings
{
    /// <summary>The system; the project's own application when unset.</summary>
    public required SystemKind? Kind { get; init; }

    /// <summary>Physical names of containers, by service, where the stack's prefix and the service's name will not do.</summary>
    public required ImmutableSortedDictionary<string, string> ContainerNames { get; init; }

    /// <summary>LocalStack; none where it is switched off.</summary>
    public required LocalStackArgs? LocalStack { get; init; }

    /// <summary>Ollama; none where it is switched off.</summary>
    public required OllamaArgs? Ollama { get; init; }

    /// <summary>Chroma; none where it is switched off.</summary>
    public required ChromaArgs? Chroma { get; init; }

    /// <summary>Names for containers of services that the stack does not have.</summary>
    public IEnumerable<Finding> Review(Topology topology)
    {
        var names = topology.Services.Select(service => service.Name).ToArray();
        return ContainerNames
            .Keys.Where(name => !names.Contains(name))
            .Select(name => new Finding(
                "SETTINGS",
                Severity.Error,
                $"infra:containerNames.{Visible.Beginning(name)}",
                "The stack has no such service.",
                Nearest.HintOr(name, names, $"Services: {string.Join(", ", names)}.")
            ));
    }
}

/// <summary>Reads them.</summary>
internal static class SystemSettingsReader
{
    private const string OnLoopback = "the port on 127.0.0.1";

    public static SystemSettings Read(Section root, SystemKind? kind, ImmutableSortedDictionary<string, string> containerNames) => new()
    {
        Kind = kind,
        ContainerNames = containerNames,
        LocalStack = root.Read("localstack", "LocalStack, of `marketplace`", localstack => localstack.Unless("enabled", () => new LocalStackArgs
        {
            Image = localstack.ImageOr("image", Images.LocalStack),
            Port = localstack.Port("port", OnLoopback),
            Memory = localstack.MemoryOr("memory", Size.GiB(1)),
        }), StackKinds.Marketplace),
        Ollama = root.Read("ollama", "Ollama, of `creator-hub`; not from Debian", ollama => ollama.Unless("enabled", () => new OllamaArgs
        {
            Image = ollama.ImageOr("image", Images.Ollama),
            Port = ollama.Port("port", OnLoopback),
            Memory = ollama.MemoryOr("memory", Size.GiB(8)),
            Cpus = ollama.CpusOr("cpus", Cpu.Cores(2), "the most processor time it may use, in cores; not more than the machine has"),
        }), StackKinds.CreatorHub),
        Chroma = root.Read("chroma", "Chroma, of `creator-hub`; not from Debian", chroma => chroma.Unless("enabled", () => new ChromaArgs
        {
            Image = chroma.ImageOr("image", Images.Chroma),
            Port = chroma.Port("port", OnLoopback),
            Memory = chroma.MemoryOr("memory", Size.GiB(1)),
            Cpus = chroma.CpusOr("cpus", Cpu.Cores(1)),
        }), StackKinds.CreatorHub),
    };
}
