namespace Infra.Engine;

/// <summary>Where the engine is.</summary>
public static class EngineAddress
{
    /// <summary>Where an engine of this machine is, and where everybody looks when nothing tells otherwise.</summary>
    public const string Usual = "unix:///var/run/docker.sock";

    /// <summary>The address that Docker's own client uses: of the variable <c>DOCKER_HOST</c>, else of the chosen context.</summary>
    public static async Task<string?> OfClientAsync(Docker docker, CancellationToken cancel = default)
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host) return host;
        var context = await docker.RunAsync(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], cancel);
        return context.Succeeded ? Docker.Lines(context).FirstOrDefault() : null;
    }

    /// <summary>The address that Pulumi's provider uses: of <c>docker:host</c>, else of the variable <c>DOCKER_HOST</c>.</summary>
    /// <param name="configuration">The stack's configuration as Pulumi hands it over.</param>
    public static string? OfPulumi(string? configuration)
        => System.Text.Json.Nodes.JsonNode.Parse(configuration ?? "{}")!["docker:host"]?.ToString() is { Length: > 0 } host
            ? host
            : Environment.GetEnvironmentVariable("DOCKER_HOST");
}
