using System.Text.Json.Nodes;
using Infra.Operations.Foundation;

namespace Infra.Operations.Engine;

/// <summary>What is there to run containers with.</summary>
/// <param name="Client">The client's version, if there is one.</param>
/// <param name="Server">The engine's version, if one answers.</param>
/// <param name="Api">The engine's API version.</param>
/// <param name="Compose">The Compose plugin's version, if there is one.</param>
/// <param name="Problem">Why no engine answers.</param>
public sealed record EngineInfo(string? Client, string? Server, Version? Api, string? Compose, string? Problem)
{
    /// <summary>Docker Engine 25: the first with a healthcheck's start interval.</summary>
    public static Version LeastApi { get; } = new(1, 44);

    /// <summary>The first engine that keeps a port of 127.0.0.1 from neighbours on the same network (moby#45610).</summary>
    public static Version LeastClosed { get; } = new(28, 0);

    /// <summary>The first Compose that says everything that is written here.</summary>
    public static Version LeastCompose { get; } = new(2, 26);

    private static EngineInfo Nothing { get; } = new(null, null, null, null, "There is no 'docker' on the PATH.");

    public bool IsReady => Server is not null && Api >= LeastApi && ComposeIsReady;

    /// <summary>What the engine leaves open to others, and what to do; nothing when it does not.</summary>
    public string? Opening =>
        Server is null || VersionOf(Server) >= LeastClosed
            ? null
            : $"Before Engine 28 ({Server} here), a machine on the same network link reaches ports that are published on 127.0.0.1, "
                + "databases and Prometheus among them (moby#45610). Upgrade the engine, or keep untrusted machines off that link.";

    public bool ComposeIsReady => Compose is not null && VersionOf(Compose) >= LeastCompose;

    /// <summary>Whether there is an engine, and it is closed to this user.</summary>
    public bool IsClosed => Server is null && Problem?.Contains("permission denied", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Asks the client, the engine and the plugin.</summary>
    public static async Task<EngineInfo> ProbeAsync(IShell shell, CancellationToken cancellationToken = default)
    {
        if (shell.Find(Docker.Program) is null) return Nothing;
        var version = shell.RunAsync(Docker.Program, ["version", "--format", "{{json .}}"], cancellationToken);
        var compose = await shell.RunAsync(Docker.Program, ["compose", "version", "--short"], cancellationToken);
        return Read(await version, compose.Succeeded ? compose.Output.Trim() : null);
    }

    /// <summary>All problems, and what to do; nothing when there are none.</summary>
    public IEnumerable<string> Problems()
    {
        if (Client is null)
            yield return "docker: There is no Docker client on the PATH. Install Docker Engine 25 or later with Compose 2.26 or later.";
        else if (IsClosed)
            yield return $"docker: This user may not use the engine: {Problem} Run the command as root, "
                + "or join the engine's group ('sudo usermod -aG docker $USER', and log in again): whoever is in it is as good as root.";
        else if (Server is null)
            yield return $"docker: No engine answers: {Problem} Start it ('systemctl start docker', or 'dockerd' where there is no systemd).";
        else if (Api < LeastApi)
            yield return $"docker: Engine {Server} is too old for a healthcheck's start interval. Install Docker Engine 25 or later.";
        if (Client is not null && Compose is null)
            yield return "docker compose: The plugin is missing. Install Compose 2.26 or later.";
        else if (Compose is not null && !ComposeIsReady)
            yield return $"docker compose: Version {Compose} is too old. Install Compose 2.26 or later.";
    }

    /// <exception cref="UserErrorException">There is a problem.</exception>
    public void Require()
    {
        var problems = Problems().ToArray();
        if (problems.Length > 0) throw UserErrorException.BadInput(problems);
    }

    /// <summary>The same for what the client does without an engine, which is not asked.</summary>
    /// <exception cref="UserErrorException">There is no client.</exception>
    public static void RequireClient(IShell shell)
    {
        if (shell.Find(Docker.Program) is null) Nothing.Require();
    }

    private static EngineInfo Read(ShellResult version, string? compose)
    {
        var answer = version.Output.TrimStart() is ['{', ..] text ? JsonNode.Parse(text) : null;
        var client = answer?["Client"]?["Version"]?.GetValue<string>() ?? "unknown";
        var server = answer?["Server"];
        return server is null
            ? new EngineInfo(client, null, null, compose, version.Reason)
            : new EngineInfo(
                client,
                server["Version"]?.GetValue<string>(),
                VersionOf(server["ApiVersion"]?.GetValue<string>() ?? "0.0"),
                compose,
                null
            );
    }

    private static Version VersionOf(string text)
    {
        var numbers = new string([.. text.TrimStart('v').TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.')]).Trim('.');
        return Version.TryParse(numbers.Contains('.', StringComparison.Ordinal) ? numbers : numbers + ".0", out var version)
            ? version
            : new Version(0, 0);
    }
}
