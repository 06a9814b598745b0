using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Cli;
using Infra.Engine;

namespace Infra.Up;

/// <summary>Lets Compose put the difference in place, watches the engine's events meanwhile, and says why a service failed.</summary>
public sealed class ComposeRun(Workspace workspace, IShell shell, Docker docker, StackContext stack, IUpView view)
{
    private const int TooManyDeaths = 3;
    private const string Patience = "300";
    private readonly Dictionary<string, int> deaths = new(StringComparer.Ordinal);

    private ImmutableArray<string> Words => ComposeProject.Words(workspace, stack.Name, stack.Naming);

    /// <exception cref="CliException">A service did not become healthy; its last lines are in the message.</exception>
    public async Task RunAsync(ImmutableArray<string> recreate, ImmutableArray<ContainerState> unhealthy, CancellationToken cancel)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var hopeless = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watch = WatchAsync(hopeless, watching.Token);
        try
        {
            foreach (var container in unhealthy) await ComposeAsync(["restart", container.Service], hopeless.Token);
            if (!recreate.IsEmpty) await ComposeAsync(["up", "--detach", "--no-build", "--no-deps", "--force-recreate", "--quiet-pull", .. recreate], hopeless.Token);
            await ComposeAsync(["up", "--detach", "--no-build", "--remove-orphans", "--quiet-pull", "--wait", "--wait-timeout", Patience], hopeless.Token);
        }
        catch (OperationCanceledException) when (hopeless.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw await FailureAsync("It ends again and again.", cancel);
        }
        finally
        {
            await watching.CancelAsync();
            await watch;
        }
    }

    private async Task ComposeAsync(IEnumerable<string> words, CancellationToken cancel)
    {
        var result = await docker.RunAsync([.. Words, .. words], cancel);
        if (!result.Succeeded) throw await FailureAsync(result.Reason, CancellationToken.None);
    }

    private async Task WatchAsync(CancellationTokenSource hopeless, CancellationToken cancel)
    {
        string[] words = ["events", "--format", "{{json .}}", "--filter", "type=container", "--filter", $"label=com.docker.compose.project={stack.Naming.Name}"];
        await foreach (var line in shell.LinesAsync(Docker.Program, words, cancel))
        {
            var happening = JsonNode.Parse(line)!;
            var service = happening["Actor"]?["Attributes"]?["com.docker.compose.service"]?.GetValue<string>();
            var action = happening["Action"]?.GetValue<string>() ?? "";
            if (service is null || StateAfter(action) is not { } state) continue;
            view.Show(service, state);
            if (action != "die" || happening["Actor"]?["Attributes"]?["exitCode"]?.GetValue<string>() is "0" or null) continue;
            deaths[service] = deaths.GetValueOrDefault(service) + 1;
            if (deaths[service] >= TooManyDeaths) await hopeless.CancelAsync();
        }
    }

    private static string? StateAfter(string action) => action switch
    {
        "create" => "created",
        "start" => "starting",
        "die" => "ended",
        "health_status: healthy" => "healthy",
        "health_status: unhealthy" => "unhealthy",
        _ => null,
    };

    private async Task<CliException> FailureAsync(string reason, CancellationToken cancel)
    {
        var standing = await docker.ContainersAsync(stack.Naming, cancel);
        var failed = standing.Where(container => !container.IsWell && (container.Status != "created" || deaths.ContainsKey(container.Service))).ToArray();
        var reports = await Task.WhenAll(failed.Select(container => FailureReport.OfAsync(docker, container, cancel)));
        return CliException.Failure(
            [$"{stack.Naming.Name}: Not every service became healthy. {reason}", .. reports.SelectMany(lines => lines),
             $"What runs was left as it is: './infra.sh status {stack.Name}' shows it, and './infra.sh up {stack.Name}' goes on from here."]);
    }
}
