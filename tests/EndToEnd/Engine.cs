using System.Text.Json.Nodes;

namespace Infra.Tests.EndToEnd;

/// <summary>The Docker engine, asked through its client.</summary>
internal static class Engine
{
    private static readonly Lazy<string?> Absence = new(Probe);

    /// <summary>Why no test can run against an engine here; nothing when one answers.</summary>
    public static string? Problem => Absence.Value;

    /// <summary>Whether a missing engine is a failure, not a reason to skip.</summary>
    public static bool IsRequired =>
        Environment.GetEnvironmentVariable("CI") is { Length: > 0 } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>Runs the client, whatever the outcome.</summary>
    public static Task<CommandResult> TryAsync(params IEnumerable<string> arguments) => Program.RunAsync("docker", arguments);

    /// <summary>Runs the client, which must succeed.</summary>
    /// <returns>Its output.</returns>
    public static async Task<string> AskAsync(params IEnumerable<string> arguments)
    {
        CommandResult result = await TryAsync(arguments);
        result.ExitCode.Should().Be(0, $"'docker {string.Join(' ', arguments)}' must work:\n{result.Error}");
        return result.Output.Trim();
    }

    public static async Task<string[]> LinesAsync(params IEnumerable<string> arguments)
        => (await AskAsync(arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static async Task<JsonNode> InspectAsync(string name, string kind = "container")
        => JsonNode.Parse(await AskAsync("inspect", "--type", kind, name))!.AsArray()[0]!;

    /// <summary>Names of everything on the engine whose <c>infra.stack</c> label the test accepts, as <c>kind name</c>.</summary>
    public static async Task<string[]> LabelledAsync(Func<string, bool> isWanted)
    {
        var found = new List<string>();
        foreach (
            var (kind, arguments) in new (string, string[])[]
            {
                ("container", ["ps", "--all"]),
                ("network", ["network", "ls"]),
                ("volume", ["volume", "ls"]),
            }
        )
        {
            var name = kind == "container" ? "{{.Names}}" : "{{.Name}}";
            foreach (var line in await LinesAsync([.. arguments, "--filter", "label=infra.stack", "--format", name + "\t{{.Label \"infra.stack\"}}"]))
                if (line.Split('\t') is [var item, var stack] && isWanted(stack)) found.Add($"{kind} {item}");
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static string? Probe()
    {
        try
        {
            CommandResult result = Task.Run(() => TryAsync("version", "--format", "{{.Server.Version}}")).GetAwaiter().GetResult();
            return result.ExitCode == 0 ? null : $"No Docker engine answers: {result.Error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "There is no docker on this machine.";
        }
    }
}
