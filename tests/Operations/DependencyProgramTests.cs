using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Components.Programs;
using Infra.Operations.Engine;
using Infra.Operations.Statuses;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>What tries, in the container's network, whether a store elsewhere is the one that it should be.</summary>
public sealed class DependencyProgramTests
{
    private static readonly Authority Provider = new();

    [PythonFact]
    public async Task A_certificate_that_the_authority_signed_is_taken()
    {
        using var server = new TlsServer(IPAddress.Loopback);

        (await TryAsync($"127.0.0.1:{server.Port}/tls+verify-full", Provider)).Should().Be((true, "TLSv1.3"));
    }

    [PythonFact]
    public async Task Postgres_is_asked_for_TLS_first()
    {
        using var server = new TlsServer(IPAddress.Loopback, answer: 'S');

        (await TryAsync($"127.0.0.1:{server.Port}/postgresql+verify-full", Provider)).Should().Be((true, "TLSv1.3"));
    }

    [PythonFact]
    public async Task A_Postgres_without_TLS_is_none()
    {
        using var server = new TlsServer(IPAddress.Loopback, answer: 'N');

        (await TryAsync($"127.0.0.1:{server.Port}/postgresql+require", null)).Should().Be((false, "it offers no TLS"));
    }

    [PythonFact]
    public async Task Another_authority_is_refused_unless_nobody_asks_for_one()
    {
        using var server = new TlsServer(IPAddress.Loopback);
        var other = new Authority("Another");

        var (isReached, said) = await TryAsync($"127.0.0.1:{server.Port}/tls+verify-ca", other);

        (isReached, said).Should().Be((false, "certificate verify failed: unable to get local issuer certificate"));
        (await TryAsync($"127.0.0.1:{server.Port}/tls+verify-full", null)).Said.Should().StartWith("certificate verify failed: ");
        (await TryAsync($"127.0.0.1:{server.Port}/tls+require", null)).Should().Be((true, "TLSv1.3"));
    }

    [PythonFact]
    public async Task Another_name_is_refused_by_verify_full_alone()
    {
        using var server = new TlsServer(IPAddress.Parse("192.0.2.1"));

        (await TryAsync($"127.0.0.1:{server.Port}/tls+verify-full", Provider))
            .Said.Should()
            .StartWith("certificate verify failed: IP address mismatch");
        (await TryAsync($"127.0.0.1:{server.Port}/tls+verify-ca", Provider)).Should().Be((true, "TLSv1.3"));
    }

    private static async Task<(bool IsReached, string Said)> TryAsync(string target, Authority? authority)
    {
        var authorities = authority is null ? [] : new Dictionary<string, string> { [target] = authority.Certificate };
        using var input = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(authorities));
        var program = Embedded.Text(typeof(DependencyTest).Assembly, "dependency_test.py");
        var result = await new Shell(Path.GetTempPath()).StreamAsync("python3", ["-IS", "-c", program, target], input, null);
        result.ExitCode.Should().Be(0, result.Error);
        var line = JsonNode.Parse(result.Output)!;
        return (line["reached"]!.GetValue<bool>(), line["said"]!.GetValue<string>());
    }

    /// <summary>Answers with a certificate for that address; before it as Postgres does where it is given what that says.</summary>
    private sealed class TlsServer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly X509Certificate2 certificate;
        private readonly char? answer;

        public TlsServer(IPAddress address, char? answer = null)
        {
            this.answer = answer;
            var (pem, key) = Provider.Sign(address);
            using var read = X509Certificate2.CreateFromPem(pem, key);
            certificate = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
            listener.Start();
            _ = ServeAsync();
        }

        public string Port => ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        public void Dispose()
        {
            listener.Dispose();
            certificate.Dispose();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true) await AnswerAsync(await listener.AcceptTcpClientAsync());
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
            {
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                try
                {
                    var stream = client.GetStream();
                    if (answer is { } letter)
                    {
                        await stream.ReadExactlyAsync(new byte[8]);
                        await stream.WriteAsync(Encoding.ASCII.GetBytes([letter]));
                        if (letter != 'S') return;
                    }

                    await using var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(certificate);
                }
                catch (Exception refused) when (refused is IOException or AuthenticationException)
                {
                    // The client did not want the certificate.
                }
            }
        }
    }
}
