using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Operations.Engine;
using Infra.Operations.Releases;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>A small production stack, and an engine that keeps tags and the note of the releases.</summary>
public abstract class ReleaseTest : IDisposable
{
    /// <summary>Ids of images.</summary>
    protected const string One = "aaaaaaaaaa01";
    protected const string Two = "bbbbbbbbbb02";
    protected const string Three = "cccccccccc03";

    private const string Note = "shop-prod-releases:notes";

    // What this engine keeps under the note's name.
    private string? note;

    protected ReleaseTest()
    {
        Settings();
        Run.Shell.On("docker pull").On("docker build").On("docker events").On("docker wait", "0\n").On("docker tag").On("docker image rm")
            .On(Compose(""), "")
            .On(Compose("--profile steps config --hash *"), "migrations hash-migrations\nweb hash-web\n")
            .On("docker image ls", () => new ShellResult(0, string.Join('\n', Tags), ""))
            .On("docker image inspect", () => Inspected(Run.Shell.Asked.Last()))
            .On("docker import", () => Imported(Run.Shell.Asked.Last()));
        Runs(One, "a");
    }

    private protected CommandLineRun Run { get; } = new();

    /// <summary>The images that the engine has, by their names; those of which nobody says more have an id alone.</summary>
    private protected Dictionary<string, JsonObject> Images { get; } = [];

    /// <summary>What the engine lists as tags of releases.</summary>
    private protected List<string> Tags { get; } = [];

    private protected ReleaseHistory History =>
        note is null ? ReleaseHistory.Empty : new([.. JsonNode.Parse(note)!.AsArray().Select(Release.From)]);

    public virtual void Dispose()
    {
        Run.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The stack's settings, with these lines of the application's own.</summary>
    protected void Settings(string app = "", string environment = "prod") =>
        Run.WriteExactly(
            "Pulumi.prod.yaml",
            $$"""
            config:
              infra:environment: {{environment}}
              infra:app: { context: app, {{app}} }
              infra:services:
                migrations: { kind: step, command: migrate }
                web: { command: serve }
              infra:proxy: { enabled: false }
              infra:backup: { enabled: false }
              infra:monitoring: { enabled: false }

            """
        );

    /// <summary>The engine runs web on this image, and the step has run in this container.</summary>
    private protected void Runs(string image, string step, string engine = "compose")
    {
        var (web, migrations) = (FakeContainers.Container("web", engine: engine, stack: "shop-prod"), FakeContainers.Step("migrations"));
        web["Image"] = $"sha256:{image}";
        (migrations["Id"], migrations["Image"]) = ($"id-{step}", $"sha256:{image}");
        migrations["Config"]!["Labels"]!["infra.engine"] = engine;
        Run.Shell.Running(migrations, web);
    }

    /// <summary>An image is on the engine under this name.</summary>
    private protected JsonObject Has(string name, string id, string? digest = null) => Images[name] = new JsonObject
    {
        ["Id"] = $"sha256:{id}",
        ["RepoTags"] = new JsonArray(name),
        ["RepoDigests"] = digest is null ? [] : new JsonArray(digest),
    };

    /// <summary>Brings up what is in the tree: this image, after its step has run.</summary>
    private protected async Task UpAsync(string image, string step)
    {
        Runs(image, step);
        (await Run.RunAsync("up", "prod", "--images", "registry")).Should().Be(0, Run.Error);
        foreach (var tag in Run.Shell.Asked.Where(line => line.StartsWith("docker tag ", StringComparison.Ordinal)).Select(line => line.Split(' ')))
            if (!Images.ContainsKey(tag[3])) Has(tag[3], tag[2]["sha256:".Length..]);
    }

    protected string Compose(string verb)
        => $"docker compose --project-directory {Run.Workspace.Root} --file {Run.PathOf(".infra/prod/compose.yaml")} --project-name shop-prod {verb}";

    protected string[] ChangesAfter(int before) => [.. Run.Shell.Changes.Skip(before)];

    private ShellResult Inspected(string line)
    {
        if (line.EndsWith(Note, StringComparison.Ordinal))
            return note is null
                ? new ShellResult(1, "\n", $"Error response from daemon: No such image: {Note}")
                : new ShellResult(0, line.Contains("{{.Id}}", StringComparison.Ordinal) ? "sha256:note\n" : note + "\n", "");
        var found = line.Split(' ').Select(word => Images.GetValueOrDefault(word)).OfType<JsonObject>().ToArray();
        return found.Length == 0
            ? new ShellResult(1, "", "Error: No such image")
            : new ShellResult(0, string.Join('\n', found.Select(image => image.ToJsonString())), "");
    }

    // As the engine reads an instruction of a Dockerfile.
    private ShellResult Imported(string line)
    {
        line.Should()
            .StartWith("docker import --change LABEL infra.stack=\"shop-prod\" --change LABEL infra.releases=\"")
            .And.EndWith($"\" - {Note}");
        note = line.Split("infra.releases=\"")[1][..^$"\" - {Note}".Length].Replace("\\\"", "\"", StringComparison.Ordinal)
            .Replace("\\\\", "\\", StringComparison.Ordinal);
        return new ShellResult(0, "sha256:note\n", "");
    }
}
