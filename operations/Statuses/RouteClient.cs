using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Infra.Operations.Statuses;

/// <summary>An HTTP client that reaches a route's front at its published port, whatever the front's name leads to elsewhere.</summary>
internal static class RouteClient
{
    /// <summary>How long an answer may take. The proxy says that nothing can be dialled after it has tried for 10 s.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(15);

    public static HttpClient To(PublishedRoute route)
    {
        var address =
            IPAddress.TryParse(route.Port.Address, out var known) && !known.Equals(IPAddress.Any) && !known.Equals(IPAddress.IPv6Any)
                ? known
                : IPAddress.Loopback;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(address, context.DnsEndPoint.Port, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        // No other machine knows that authority, and this one only where it was installed by hand.
        if (route.Upstream.HasOwnAuthority)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                certificate is not null && (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None;
        return new HttpClient(handler) { Timeout = Patience };
    }
}
