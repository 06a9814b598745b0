using System.Collections.Concurrent;
using System.Net.Http.Json;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>A request of a load.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Begun">When it was sent.</param>
/// <param name="Ended">When its answer, or the failure, was there.</param>
/// <param name="Failure">What went wrong; nothing where it was answered as it should.</param>
internal sealed record LoadedRequest(string Method, DateTime Begun, DateTime Ended, string? Failure)
{
    public override string ToString() => $"{Begun:O} {Method}, {(Ended - Begun).TotalMilliseconds:0} ms: {Failure}";
}

/// <summary>Readers and writers that go on until they are asked to end, over HTTP/2 and over a new connection for each request.</summary>
internal sealed class Load
{
    private readonly ConcurrentQueue<LoadedRequest> requests = new();
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
    public async Task<LoadedRequest[]> EndAsync()
    {
        isEnding = true;
        await Task.WhenAll(clients);
        return [.. requests.Where(request => request.Failure is not null)];
    }

    /// <summary>How many of a method were on their way in that time.</summary>
    public int InFlight(string method, DateTime from, DateTime until)
        => requests.Count(request => request.Method == method && request.Begun <= until && request.Ended >= from);

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
            var begun = DateTime.UtcNow;
            var failure = await FailureOfAsync(client, request);
            if (failure is null) Interlocked.Increment(ref answered);
            requests.Enqueue(new LoadedRequest(request.Method.Method, begun, DateTime.UtcNow, failure));
            // A shop on a small machine: steady, not as fast as it can.
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static async Task<string?> FailureOfAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? null : $"HTTP/{request.Version} {(int)answer.StatusCode} {text}";
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or IOException)
        {
            return $"HTTP/{request.Version} {error.GetBaseException().Message}";
        }
    }
}
