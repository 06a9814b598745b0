using System.Collections.Concurrent;
using System.Net.Http.Json;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>Readers and writers that go on until they are asked to end, over HTTP/2 and over a new connection for each request.</summary>
internal sealed class Load
{
    private readonly ConcurrentQueue<string> failures = new();
    private readonly Task[] clients;
    private volatile bool isEnding;
    private int answered;

    private Load(Shop shop)
    {
        var (kept, fresh) = (Client(new Version(2, 0)), Client(new Version(1, 1)));
        fresh.DefaultRequestHeaders.ConnectionClose = true;
        clients = [.. from client in new[] { kept, kept, fresh, fresh }
                      from request in new Func<HttpRequestMessage>[] { () => Read(shop), () => Write(shop) }
                      select Task.Run(() => GoOnAsync(client, request))];
    }

    /// <summary>How many requests were answered as they should.</summary>
    public int Answered => answered;

    public static Load On(Shop shop) => new(shop);

    /// <summary>Ends it, every request on its way included.</summary>
    /// <returns>What went wrong.</returns>
    public async Task<string[]> EndAsync()
    {
        isEnding = true;
        await Task.WhenAll(clients);
        return [.. failures];
    }

    private static HttpClient Client(Version version) =>
        new(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator })
        {
            DefaultRequestVersion = version,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = TimeSpan.FromSeconds(60),
        };

    private static HttpRequestMessage Read(Shop shop) => new(HttpMethod.Get, new Uri(shop.Address, "/orders?limit=5"));

    private static HttpRequestMessage Write(Shop shop) =>
        new(HttpMethod.Post, new Uri(shop.Address, "/orders")) { Content = JsonContent.Create(new { item = "load", quantity = 1 }) };

    private async Task GoOnAsync(HttpClient client, Func<HttpRequestMessage> make)
    {
        while (!isEnding)
        {
            using var request = make();
            try
            {
                using var answer = await client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode) Interlocked.Increment(ref answered);
                else failures.Enqueue($"{DateTime.UtcNow:O} {request.Method} HTTP/{request.Version}: {(int)answer.StatusCode} {text}");
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException or IOException)
            {
                failures.Enqueue($"{DateTime.UtcNow:O} {request.Method} HTTP/{request.Version}: {error.GetBaseException().Message}");
            }

            // A shop on a small machine: steady, not as fast as it can.
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
