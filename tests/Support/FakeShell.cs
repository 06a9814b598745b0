using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Infra.Operations.Engine;

namespace Infra.Tests.Support;

/// <summary>Starts nothing: answers from a table and notes what was asked. What is not in the table is a mistake.</summary>
internal sealed class FakeShell : IShell
{
    /// <summary>How a container's log is asked for.</summary>
    public const string Logs = "sh -c " + Docker.MergedLogs;

    // Words that only look.
    private static readonly string[] Looks =
    [
        "docker version",
        "docker compose version",
        "docker buildx version",
        "docker buildx bake --help",
        "docker ps",
        "docker inspect",
        "docker image inspect",
        "docker image ls",
        "docker network ls",
        "docker volume ls",
        "docker run --rm --pull never",
        "docker manifest inspect",
        "docker info",
        "docker stats",
        Logs,
        "docker context inspect",
        "pulumi version",
        "pulumi whoami",
        "pulumi config get",
        "pulumi stack export",
    ];

    private readonly List<(string Start, Func<ShellResult> Answer)> table = [];
    private readonly ConcurrentQueue<string> asked = new();

    /// <summary>The programs on the PATH, besides a shell; no other is started.</summary>
    public HashSet<string> Programs { get; } = ["bash", "docker"];

    /// <summary>What the programs that it starts find in their environment, besides this process's own.</summary>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>();

    /// <summary>Whether what is heard line by line goes on until it is cancelled.</summary>
    public bool KeepsListening { get; set; }

    /// <summary>Every command line, in the order in which they came.</summary>
    public IEnumerable<string> Asked => asked;

    /// <summary>The command lines that may change something.</summary>
    public IEnumerable<string> Changes => asked.Where(line => !Looks.Any(look => line.StartsWith(look, StringComparison.Ordinal)));

    /// <summary>A machine with an engine that is new enough and runs nothing of ours.</summary>
    public static FakeShell WithEngine(string engine = "27.5.1", string api = "1.47", string compose = "2.32.4") => new FakeShell()
        .On("docker version", $$$"""{"Client":{"Version":"{{{engine}}}"},"Server":{"Version":"{{{engine}}}","ApiVersion":"{{{api}}}"}}""")
        .On("docker compose version", compose + "\n")
        .On("docker ps")
        .On("docker context inspect", "unix:///var/run/docker.sock\n")
        .On("docker network ls")
        .On("docker volume ls")
        .On("docker volume create")
        .On("docker image inspect", exitCode: 1, error: "Error: No such image");

    /// <summary>A machine with a client that reaches no engine.</summary>
    public static FakeShell WithoutEngine() =>
        new FakeShell()
            .On(
                "docker version",
                """{"Client":{"Version":"27.5.1"},"Server":null}""",
                1,
                "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"
            )
            .On("docker compose version", "2.32.4\n")
            .On("docker context inspect", "unix:///var/run/docker.sock\n")
            .On("docker ps", exitCode: 1, error: "Cannot connect to the Docker daemon");

    /// <summary>A machine without even the client.</summary>
    public static FakeShell Bare()
    {
        var shell = new FakeShell();
        shell.Programs.Clear();
        return shell;
    }

    /// <summary>What a command line that starts so is answered; the answer added last holds.</summary>
    public FakeShell On(string start, string output = "", int exitCode = 0, string error = "")
        => On(start, () => new ShellResult(exitCode, output, error));

    public FakeShell On(string start, Func<ShellResult> answer)
    {
        table.Insert(0, (start, answer));
        return this;
    }

    public string? Find(string program) => Programs.Contains(program) ? "/usr/bin/" + program : null;

    public Task<ShellResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken = default)
        => Task.FromResult(Answer(program, arguments));

    /// <summary>What was given as input, by the command line that got it.</summary>
    public Dictionary<string, string> Inputs { get; } = [];

    public async Task<ShellResult> StreamAsync(
        string program,
        IEnumerable<string> arguments,
        Stream? input,
        Stream? output,
        CancellationToken cancellationToken = default
    )
    {
        var all = arguments.ToArray();
        if (input is not null) Inputs[string.Join(' ', all.Prepend(program))] = await new StreamReader(input).ReadToEndAsync(cancellationToken);
        var answer = Answer(program, all);
        if (output is null) return answer;
        await output.WriteAsync(Encoding.UTF8.GetBytes(answer.Output), cancellationToken);
        return answer with { Output = "" };
    }

    public Task<int> AttachAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken = default)
        => Task.FromResult(Answer(program, arguments).ExitCode);

    public Task<int> RunWithOutputAsync(
        string program,
        IEnumerable<string> arguments,
        Action<string> line,
        CancellationToken cancellationToken = default
    )
    {
        var answer = Answer(program, arguments);
        foreach (var text in (answer.Output + answer.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries)) line(text);
        return Task.FromResult(answer.ExitCode);
    }

    public async IAsyncEnumerable<string> ReadLinesAsync(
        string program,
        IEnumerable<string> arguments,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await Task.Yield();
        foreach (var line in Answer(program, arguments).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)) yield return line;
        if (KeepsListening) await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private ShellResult Answer(string program, IEnumerable<string> arguments)
    {
        if (program != "sh" && !Programs.Contains(program)) throw Shell.NotStarted(program, "No such file or directory");
        var line = string.Join(' ', arguments.Prepend(program));
        asked.Enqueue(line);
        return table.FirstOrDefault(answer => line.StartsWith(answer.Start, StringComparison.Ordinal)).Answer?.Invoke()
            ?? throw new InvalidOperationException($"Nobody said what '{line}' answers.");
    }
}
