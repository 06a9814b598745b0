using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.ComposeInput.Reading;

/// <summary>
/// Reads other people's Compose files. Interpolation, <c>extends</c>, <c>include</c>, merging and profiles are Compose's own work
/// (<c>docker compose config</c>), which needs no engine.
/// </summary>
public static class ComposeReader
{
    /// <summary>The application that the files describe.</summary>
    /// <exception cref="UserErrorException">Compose's client is missing, or does not accept the files.</exception>
    public static async Task<ComposeApplication> ReadAsync(IShell shell, ComposeSource source, CancellationToken cancellationToken = default)
    {
        if (shell.Find(Docker.Program) is null) throw NoClient();
        // The lines are looked up in the meantime.
        var lines = Task.Run(() => SourceLines.Read(source.Files), cancellationToken);
        var read = await shell.RunAsync(Docker.Program, [.. source.Arguments, "config", "--format", "json"], cancellationToken);
        if (!read.Succeeded) throw IsNoClient(read) ? NoClient() : Refused(source, read);
        return new ComposeApplication(source, Parse(read.Output), await lines);
    }

    private static JsonObject Parse(string output)
    {
        try
        {
            return JsonNode.Parse(output)!.AsObject();
        }
        catch (JsonException error)
        {
            throw UserErrorException.Failed(
                $"'docker compose config --format json' has not written JSON: {error.Message} Compose 2.26 and later do: 'docker compose version'."
            );
        }
    }

    // What Docker's client says where it does not know the command.
    private static bool IsNoClient(ShellResult result) =>
        Array.Exists(["'compose' is not a docker command", "unknown flag: --file"], text => result.Error.Contains(text, StringComparison.Ordinal));

    private static UserErrorException NoClient() => UserErrorException.BadInput(
        "Compose files are read by Compose's own client, and there is none. Install it ('./infra.sh doctor --install' does; no engine has to run)."
    );

    private static UserErrorException Refused(ComposeSource source, ShellResult result) => UserErrorException.BadInput(
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains("level=warning", StringComparison.Ordinal))
            .DefaultIfEmpty(result.Reason)
            .Append($"Compose does not accept {string.Join(", ", source.Files.Select(Path.GetFileName))}: fix what it names, then run this again.")
    );
}
