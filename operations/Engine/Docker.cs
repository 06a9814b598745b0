using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Foundation;

namespace Infra.Operations.Engine;

/// <summary>What the engine has, asked through its own client, so that contexts and remote hosts work.</summary>
public sealed class Docker(IShell shell)
{
    public const string Program = "docker";

    /// <summary>
    /// What <c>sh -c</c> runs with the arguments of <c>docker logs</c>.
    /// The client splits a container's two streams, and the shell brings them together again.
    /// </summary>
    public const string MergedLogs = "exec docker logs \"$@\" 2>&1";

    /// <summary>The arguments that ask for the events of containers with a label, a line of JSON each: for these actions, or all.</summary>
    public static string[] Events(string label, params IEnumerable<string> actions) =>
        [
            "events",
            "--format",
            "{{json .}}",
            "--filter",
            "type=container",
            "--filter",
            $"label={label}",
            .. actions.SelectMany(action => new[] { "--filter", $"event={action}" }),
        ];

    public Task<ShellResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken = default) =>
        shell.RunAsync(Program, arguments, cancellationToken);

    /// <summary>
    /// The containers of the stack's services, whichever engine made them, running or not.
    /// Those that only bring files or switch a proxy under Pulumi belong to no service.
    /// </summary>
    /// <exception cref="UserErrorException">The engine gives no answer.</exception>
    public async Task<ImmutableArray<ContainerState>> ContainersAsync(Naming naming, CancellationToken cancellationToken = default)
        => ContainerState.Placed(
            (await AllContainersAsync(naming, cancellationToken)).Where(container => !container.IsOneOff && container.Service.Length > 0)
        );

    /// <summary>The same, and those of one-off commands.</summary>
    public async Task<ImmutableArray<ContainerState>> AllContainersAsync(Naming naming, CancellationToken cancellationToken = default)
    {
        var listed = await RunAsync(["ps", "--all", "--quiet", "--no-trunc", "--filter", $"label={Labels.Stack}={naming.Name}"], cancellationToken);
        // No answer is not the answer that there are none.
        if (!listed.Succeeded) throw Unanswered(listed);
        var ids = Lines(listed);
        if (ids.Length == 0) return [];
        var inspected = await RunAsync(["inspect", "--type", "container", .. ids], cancellationToken);
        // One that is removed between the two calls is missing from the answer, and that is right.
        if (!inspected.Succeeded && !inspected.Error.Contains("No such", StringComparison.OrdinalIgnoreCase)) throw Unanswered(inspected);
        return [.. Parse(inspected).Select(node => ContainerState.From(node!)).OrderBy(state => state.Name, StringComparer.Ordinal)];
    }

    /// <summary>The last lines that a container printed, its two streams as they came.</summary>
    public async Task<string> LogAsync(string container, int lines, CancellationToken cancellationToken = default) =>
        (
            await shell.RunAsync("sh", ["-c", MergedLogs, Program, "--tail", FormattableString.Invariant($"{lines}"), container], cancellationToken)
        ).Output;

    /// <summary>The ids of images that are on the engine, and their labels, by the name they were asked for.</summary>
    public async Task<ImmutableDictionary<string, (string Id, JsonNode? Labels)>> ImagesAsync(
        IEnumerable<string> references,
        CancellationToken cancellationToken = default
    )
    {
        var asked = references.Distinct().ToArray();
        if (asked.Length == 0) return ImmutableDictionary<string, (string, JsonNode?)>.Empty;
        var inspected = await RunAsync(["image", "inspect", "--format", "{{json .}}", .. asked], cancellationToken);
        var found = ImmutableDictionary.CreateBuilder<string, (string, JsonNode?)>(StringComparer.Ordinal);
        foreach (var line in Lines(inspected))
        {
            var image = JsonNode.Parse(line)!;
            var names = Names(image["RepoTags"]).Concat(Names(image["RepoDigests"])).ToHashSet(StringComparer.Ordinal);
            foreach (var reference in asked.Where(reference => IsNamed(reference, names)))
                found[reference] = (image["Id"]!.GetValue<string>(), image["Config"]?["Labels"]);
        }

        return found.ToImmutable();
    }

    /// <summary>The networks or volumes of a stack, or of all where none is given, each with what it has as a label.</summary>
    /// <exception cref="UserErrorException">The engine gives no answer.</exception>
    public async Task<ImmutableArray<(string Name, string Label)>> LabelledAsync(
        string kind,
        Naming? naming,
        string label,
        CancellationToken cancellationToken = default
    )
    {
        var listed = await RunAsync(
            [kind, "ls", .. Of(naming), "--format", $"{{{{.Name}}}}\t{{{{.Label \"{label}\"}}}}"],
            cancellationToken
        );
        if (!listed.Succeeded)
            throw Unanswered(listed, kind + "s");
        return [.. Lines(listed).Select(line => line.Split('\t')).Select(parts => (parts[0], parts.ElementAtOrDefault(1) ?? ""))];
    }

    /// <summary>The names of all volumes, of this stack or not.</summary>
    /// <exception cref="UserErrorException">The engine gives no answer.</exception>
    public async Task<ImmutableArray<string>> VolumesAsync(CancellationToken cancellationToken = default)
    {
        var listed = await RunAsync(["volume", "ls", "--quiet"], cancellationToken);
        return listed.Succeeded ? [.. Lines(listed)] : throw Unanswered(listed, "volumes");
    }

    private static string[] Of(Naming? naming) => naming is null ? [] : ["--filter", $"label={Labels.Stack}={naming.Name}"];

    public static string[] Lines(ShellResult result)
        => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static UserErrorException Unanswered(ShellResult result, string kinds = "containers")
        => UserErrorException.Failed($"The engine does not list its {kinds}: {result.Reason} './infra.sh doctor' checks the engine.");

    private static JsonArray Parse(ShellResult result) => result.Output.TrimStart() is ['[', ..] text ? JsonNode.Parse(text)!.AsArray() : [];

    private static IEnumerable<string> Names(JsonNode? list) => list?.AsArray().Select(item => item!.GetValue<string>()) ?? [];

    // repository:tag@digest is known to the engine as repository@digest.
    private static bool IsNamed(string reference, HashSet<string> names)
    {
        var image = PinnedImage.Parse(reference);
        return names.Contains(image.Digest is null ? $"{image.Repository}:{image.Tag}" : $"{image.Repository}@{image.Digest}");
    }
}
