using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Composition;

/// <summary>Production's networks: an attacker in one service reaches only its neighbours.</summary>
internal static class ProdNetworks
{
    /// <summary>The proxy and what it passes requests on to.</summary>
    public static Network Edge { get; } = new("edge");

    /// <summary>The application's own processes, which may go out.</summary>
    public static Network App { get; } = new("app");

    /// <summary>What holds data, and who uses it; nothing goes out.</summary>
    public static Network Data { get; } = new("data", Internal: true);

    /// <summary>What is published for tools on this machine: an engine publishes no port on an internal network.</summary>
    public static Network Tools { get; } = new("tools");

    /// <summary>The networks of a service that holds data, and may publish ports.</summary>
    public static ImmutableArray<NetworkAttachment> Holding(ServiceSpec service) => service.Ports.IsEmpty ? [Data] : [Data, Tools];
}
