using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Infra.Tests.EndToEnd;

/// <summary>The running application, over HTTP, or over TLS at its proxy.</summary>
internal sealed class Shop(int port, bool isSecure = false, string host = "127.0.0.1")
{
    // Whose certificate it is, a test of its own looks at.
    private static readonly HttpClient Http = new(
        new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }
    )
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>Where it is.</summary>
    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"{(isSecure ? "https://localhost" : $"http://{host}")}:{port}"));

    /// <summary>Orders something.</summary>
    /// <returns>The order's id.</returns>
    public async Task<string> OrderAsync(string item)
    {
        using var answer = await Http.PostAsJsonAsync(At("/orders"), new { item, quantity = 1 });
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).Should().Be(202, text);
        return JsonNode.Parse(text)!["id"]!.GetValue<string>();
    }

    /// <summary>Orders something from a shop that may be away.</summary>
    /// <returns>The order's id; nothing when it was not acknowledged.</returns>
    public async Task<string?> TryOrderAsync(string item)
    {
        try
        {
            using var answer = await Http.PostAsJsonAsync(At("/orders"), new { item, quantity = 1 });
            return answer.StatusCode == System.Net.HttpStatusCode.Accepted
                ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!.GetValue<string>()
                : null;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }

    /// <summary>Waits until the worker has fulfilled the order.</summary>
    public Task FulfilledAsync(string order, Func<Task<string>> logs, int seconds = 20) =>
        Eventually.SeesAsync(
            $"order {order} fulfilled",
            TimeSpan.FromSeconds(seconds),
            async () => JsonNode.Parse(await GetAsync($"/orders/{order}"))?["status"]?.GetValue<string>(),
            status => status == "fulfilled",
            logs
        );

    /// <summary>Starts a task that takes that long.</summary>
    /// <returns>The task's id.</returns>
    public async Task<string> SleepAsync(int seconds)
    {
        using var answer = await Http.PostAsync(At($"/debug/sleep?seconds={seconds.ToString(CultureInfo.InvariantCulture)}"), null);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["task"]!.GetValue<string>();
    }

    public async Task<JsonNode> TaskAsync(string id) => JsonNode.Parse(await GetAsync($"/debug/tasks/{id}"))!;

    /// <summary>The answer's body, whatever its status; the reason where there is no answer.</summary>
    public async Task<string> GetAsync(string path)
    {
        try
        {
            using var answer = await Http.GetAsync(At(path));
            return await answer.Content.ReadAsStringAsync();
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or IOException)
        {
            return new JsonObject { ["unreachable"] = error.Message }.ToJsonString();
        }
    }

    private Uri At(string path) => new(Address, path);
}
