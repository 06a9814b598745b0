using Infra.Cli;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Project;

namespace Infra.Tests.Support;

/// <summary>Runs the command line in a project of its own, on a machine that a table describes.</summary>
internal sealed class CommandLineRun : IDisposable
{
    private const string Development = """
        config:
          infra:environment: dev
          infra:app:
            context: app
          infra:services:
            web:
              command: uvicorn shop.main:app --host 0.0.0.0 --port 8000
              port: 18123

        """;

    private const string Production = """
        config:
          infra:environment: prod
          infra:proxy:
            httpPort: 18122
            httpsPort: 18123

        """;

    private readonly TemporaryRoot root = new();
    private readonly TemporaryRoot locks = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public CommandLineRun(FakeShell? shell = null)
    {
        Shell = shell ?? FakeShell.WithEngine();
        Workspace = new Workspace(root.Path);
        foreach (var stack in new[] { "dev", "prod" })
            Shell.On(
                string.Join(
                    ' ',
                    [
                        Docker.Program,
                        .. ComposeProject.Arguments(Workspace, stack, new Infra.Model.Naming("shop", stack, $"shop-{stack}-")),
                        "run",
                        "--rm",
                        "--no-deps",
                        "--no-TTY",
                    ]
                )
            );
        Write("Pulumi.yaml", "name: shop\nruntime: dotnet\n");
        Write("Pulumi.dev.yaml", Development);
        Write("Pulumi.prod.yaml", Production);
        Write("app/Dockerfile", "FROM scratch\nUSER 1000\n");
        Write("app/.dockerignore", ".git/\n");
        Write("app/src/main.py", "");
        Write("app/src/shop/main.py", "");
    }

    public FakeShell Shell { get; }

    public Workspace Workspace { get; }

    public string Out => output.ToString();

    public string Error => error.ToString();

    /// <summary>Every file but those that the test began with, relative to the root.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(root.Path, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(root.Path, file)).Order(StringComparer.Ordinal);

    /// <summary>What keeps commands apart on this machine.</summary>
    public StackLocks Locks => new(locks.Path);

    public void Dispose()
    {
        root.Dispose();
        locks.Dispose();
    }

    /// <summary>Writes a file; settings that are about something else run the sample's services.</summary>
    public void Write(string path, string text)
        => WriteExactly(path, Path.GetFileName(path).StartsWith("Pulumi.", StringComparison.Ordinal) ? Sample.Complete(text) : text);

    public void WriteExactly(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    public string PathOf(string path) => Path.Combine(root.Path, path);

    public Task<int> RunAsync(params string[] args) => CommandLineApp.RunAsync(args, new Session(output, error, Shell, Workspace) { Locks = Locks });

    /// <summary>Sees that a command is refused in these words, and has changed nothing.</summary>
    public async Task RefusesAsync(string message, params string[] args)
    {
        var before = Files.ToArray();

        var code = await RunAsync(args);

        Error.Should().Be(message.ReplaceLineEndings("\n") + "\n");
        code.Should().Be(2);
        Out.Should().BeEmpty();
        Files.Should().Equal(before);
        Shell.Changes.Should().BeEmpty();
    }
}
