using System.Text.Json.Nodes;

namespace Infra.Operations.Engine;

/// <summary>Where the engine is.</summary>
public static class EngineAddress
{
    /// <summary>Where an engine of this machine is, and the default address of Docker's client.</summary>
    public const string Usual = "unix:///var/run/docker.sock";

    private static readonly string[] Alone = ["caMaterial", "certMaterial", "keyMaterial", "sshOpts", "context"];

    /// <summary>The address that Docker's own client uses: of the variable <c>DOCKER_HOST</c>, else of the chosen context.</summary>
    public static async Task<string?> OfClientAsync(Docker docker, CancellationToken cancellationToken = default)
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host) return host;
        var context = await docker.RunAsync(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], cancellationToken);
        return context.Succeeded ? Docker.Lines(context).FirstOrDefault() : null;
    }

    /// <summary>The same; its client is asked only where another engine than the usual one may have been chosen.</summary>
    public static async Task<string> OfLocksAsync(IShell shell, CancellationToken cancellationToken = default) =>
        MayBeElsewhere && shell.Find(Docker.Program) is not null && await OfClientAsync(new Docker(shell), cancellationToken) is { } address
            ? address
            : Usual;

    private static bool MayBeElsewhere =>
        new[] { "DOCKER_HOST", "DOCKER_CONTEXT" }.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 })
        || File.Exists(ClientsFile);

    private static string ClientsFile =>
        Path.Combine(
            Environment.GetEnvironmentVariable("DOCKER_CONFIG")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker"),
            "config.json"
        );

    /// <summary>The address that Pulumi's provider uses: of <c>docker:host</c>, else of the variable <c>DOCKER_HOST</c>.</summary>
    /// <param name="configuration">The stack's configuration as Pulumi hands it over.</param>
    public static string? OfPulumi(string? configuration) => Setting(configuration, "host") ?? Environment.GetEnvironmentVariable("DOCKER_HOST");

    /// <summary>The folder of the certificates with which Pulumi's provider is let in.</summary>
    /// <param name="configuration">The stack's configuration as Pulumi hands it over.</param>
    public static string? CertificatesOfPulumi(string? configuration) => Setting(configuration, "certPath");

    /// <summary>Whether Pulumi's provider has ways to its engine that Docker's own client does not have.</summary>
    /// <param name="configuration">The stack's configuration as Pulumi hands it over.</param>
    /// <param name="secretKeys">The keys of what is encrypted there.</param>
    public static bool IsPulumisAlone(string? configuration, string? secretKeys) =>
        Alone.Any(name => Setting(configuration, name) is not null || secretKeys?.Contains($"\"docker:{name}\"", StringComparison.Ordinal) == true);

    private static string? Setting(string? configuration, string name)
        => JsonNode.Parse(configuration ?? "{}")!["docker:" + name]?.ToString() is { Length: > 0 } value ? value : null;
}
