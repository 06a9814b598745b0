using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Infra.Tests.EndToEnd;

/// <summary>A stack on Debian's images, brought up from nothing once for all of its tests.</summary>
public abstract class LiveStack : IAsyncLifetime
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private Project? project;

    internal Project Project => project ?? throw new InvalidOperationException(Engine.Problem);

    /// <summary>What the first <c>up</c> said.</summary>
    internal CommandResult FirstUp { get; private set; } = new(-1, "", "");

    /// <summary>The name that answers HTTP.</summary>
    internal virtual string Host => "127.0.0.1";

    /// <summary>The port of what answers HTTP.</summary>
    internal int Port { get; private set; }

    public async Task InitializeAsync()
    {
        if (DevStack.IsSkipped) return;
        if (Engine.Problem is { } problem) throw new InvalidOperationException($"CI is set, so an engine is required. {problem}");
        await Project.SweepAsync();
        project = Make();
        Port = project.WebPort;
        await PrepareAsync(project);
        FirstUp = await BringUpAsync(project);
    }

    public virtual async Task DisposeAsync()
    {
        if (project is not null) await project.DisposeAsync();
    }

    /// <summary>The project that the stack is of.</summary>
    internal abstract Project Make();

    /// <summary>Gives what has a fixed name or port one of its own, and makes what the stack needs.</summary>
    internal virtual Task PrepareAsync(Project project) => Task.CompletedTask;

    internal virtual Task<CommandResult> BringUpAsync(Project project) => project.InfraAsync("up", project.Stack, "--images", "debian");

    /// <summary>Sees that the stack is up.</summary>
    internal void RequireUp() =>
        FirstUp.ExitCode.Should().Be(0, $"'./infra.sh up {project?.Stack}' must bring the stack up from nothing:\n{FirstUp}");

    /// <summary>Whether the one became healthy before the other was started, by what <c>up</c> said as it came.</summary>
    internal void CameBefore(string first, string second)
    {
        var lines = FirstUp.Output.Split('\n').ToList();
        var (healthy, starting) = (
            lines.FindIndex(line => line.EndsWith($" {first} healthy", StringComparison.Ordinal)),
            lines.FindIndex(line => line.EndsWith($" {second} starting", StringComparison.Ordinal))
        );

        healthy.Should().BePositive(FirstUp.ToString());
        starting.Should().BeGreaterThan(healthy, $"'{second}' starts after '{first}' is healthy:\n{FirstUp}");
    }

    /// <summary>Sends JSON, which must be taken.</summary>
    internal async Task<JsonNode> PostAsync(string path, object body, params (string Name, string Value)[] headers)
    {
        // In one piece, of a known length: Django's development server reads no other.
        using var request = new HttpRequestMessage(HttpMethod.Post, At(path))
        {
            Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>The answer's body, whatever its status; the reason where there is no answer.</summary>
    internal Task<string> GetAsync(string path) => new Shop(Port, host: Host).GetAsync(path);

    /// <summary>Waits until the answer has this in it.</summary>
    internal Task<string> SeesAsync(string path, string text, string service, int seconds = 30) =>
        Eventually.SeesAsync(
            $"'{text}' at {path}",
            TimeSpan.FromSeconds(seconds),
            () => GetAsync(path),
            answer => answer.Contains(text, StringComparison.Ordinal),
            () => Project.LogsAsync(service)
        );

    private Uri At(string path) => new(FormattableString.Invariant($"http://{Host}:{Port}{path}"));
}
