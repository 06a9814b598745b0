using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Up;

/// <summary>Sees, before anything is made, that the ports to be published are free, and says who has those that are not.</summary>
/// <param name="shell">Asks the engine for the holder.</param>
/// <param name="bind">Listens for a moment, and answers why that cannot be; of this machine when unset.</param>
public sealed class PortCheck(IShell shell, Func<IPEndPoint, SocketError>? bind = null)
{
    /// <exception cref="UserErrorException">Some are taken; all of them are named.</exception>
    public async Task RequireAsync(StackContext stack, ImmutableArray<ContainerState> existing, CancellationToken cancellationToken)
    {
        var own = existing.Where(container => container.IsUp).SelectMany(container => container.Ports).ToHashSet(StringComparer.Ordinal);
        var taken = new List<string>();
        foreach (var (service, port) in stack.Topology.Services.SelectMany(service => service.Ports.Select(port => (service, port))))
        {
            if (own.Contains(FormattableString.Invariant($"{port.Address}:{port.Host}→{port.Container}")) || IsFree(port))
                continue;
            taken.Add(
                $"{service.Name}: Port {port.Address}:{port.Host} is taken by {await HolderAsync(port, cancellationToken)}. "
                    + $"Stop it, or set another port in {Workspace.SettingsName(stack.Name)}."
            );
        }

        if (taken.Count > 0) throw UserErrorException.BadInput(taken);
    }

    private bool IsFree(Port port)
    {
        if (port.Protocol != "tcp" || !IPAddress.TryParse(port.Address, out var address)) return true;
        var wanted = new IPEndPoint(address, port.Host);
        return (bind ?? Bind)(wanted) switch
        {
            SocketError.AddressAlreadyInUse => false,
            // A port below 1024, and this user is not root; the engine is.
            SocketError.AccessDenied => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().All(held => !Meet(held, wanted)),
            // Whatever else it is, the port is free: the engine says what is wrong.
            _ => true,
        };
    }

    private static SocketError Bind(IPEndPoint wanted)
    {
        try
        {
            using var listener = new TcpListener(wanted);
            listener.Start();
            return SocketError.Success;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode;
        }
    }

    private static bool Meet(IPEndPoint one, IPEndPoint other) =>
        one.Port == other.Port && (IsAny(one.Address) || IsAny(other.Address) || one.Address.Equals(other.Address));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private async Task<string> HolderAsync(Port port, CancellationToken cancellationToken)
    {
        string[] arguments = ["ps", "--filter", FormattableString.Invariant($"publish={port.Host}"), "--format", "{{.Names}}"];
        if (
            shell.Find(Docker.Program) is not null
            && Docker.Lines(await shell.RunAsync(Docker.Program, arguments, cancellationToken)) is [var container, ..]
        )
            return $"the container '{container}'";
        return PortHolder.Process(port.Host) is { } process ? $"the process {process}" : "a process of another user";
    }
}
