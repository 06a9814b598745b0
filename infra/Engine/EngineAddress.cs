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

    /// <summary>The same; its client is asked only where another engine than the usual one may have been chosen.</summary>
    public static async Task<string> OfLocksAsync(IShell shell, CancellationToken cancellationToken = default)
        => MayBeElsewhere && shell.Find(Docker.Program) is not null && await OfClientAsync(new Docker(shell), cancellationToken) is { } address ? address : Usual;

    private static bool MayBeElsewhere
        => new[] { "DOCKER_HOST", "DOCKER_CONTEXT" }.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 }) || File.Exists(ClientsFile);

    private static string ClientsFile => Path.Combine(
        Environment.GetEnvironmentVariable("DOCKER_CONFIG") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker"), "config.json");

    /// <summary>The address that Pulumi's provider uses: of <c>docker:host</c>, else of the variable <c>DOCKER_HOST</c>.</summary>
    /// <param name="configuration">The stack's configuration as Pulumi hands it over.</param>
    public static string? OfPulumi(string? configuration)
        => System.Text.Json.Nodes.JsonNode.Parse(configuration ?? "{}")!["docker:host"]?.ToString() is { Length: > 0 } host
            ? host
            : Environment.GetEnvironmentVariable("DOCKER_HOST");
}
