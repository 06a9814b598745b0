using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Components.Programs;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Spectre.Console;

namespace Infra.Operations.Statuses;

/// <summary>
/// Tries what each service depends on from where it runs: in its own network namespace, with the application's image, since
/// few images have anything to try with.
/// </summary>
public static class DependencyTest
{
    private static readonly string Program = Embedded.Text(typeof(DependencyTest).Assembly, "dependency_test.py");

    /// <summary>How each dependency of the running services answers.</summary>
    /// <exception cref="UserErrorException">The stack has no image with Python in it.</exception>
    public static async Task<ImmutableArray<Reached>> RunAsync(IShell shell, StackContext stack, CancellationToken cancellationToken)
    {
        var image =
            stack.Topology.Services.FirstOrDefault(service => service.Role is ServiceRole.Web or ServiceRole.Worker)
            ?? throw UserErrorException.BadInput(
                $"{stack.Naming.Name}: It has no web and no worker, whose image has the Python that the test needs."
            );
        var existing = await new Docker(shell).ContainersAsync(stack.Naming, cancellationToken);
        var tests = Dependency
            .AllOf(stack.Topology)
            .GroupBy(dependency => dependency.From)
            .Select(group =>
                OfAsync(
                    shell,
                    stack.Naming.Reference(image.Image),
                    existing.FirstOrDefault(container => container.Service == group.Key && container.IsRunning),
                    [.. group],
                    cancellationToken
                )
            );
        return [.. (await Task.WhenAll(tests)).SelectMany(reached => reached)];
    }

    public static void Write(ImmutableArray<Reached> results, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("from", "to", "address", "answer");
        foreach (var (dependency, isReached, said) in results)
            table.AddRow(dependency.From, dependency.To, string.Create(CultureInfo.InvariantCulture, $"{dependency.Host}:{dependency.Port}"),
                $"[{(isReached ? "green" : "red")}]{Markup.Escape(said)}[/]");
        console.Write(table);
    }

    private static async Task<ImmutableArray<Reached>> OfAsync(
        IShell shell,
        string image,
        ContainerState? container,
        ImmutableArray<Dependency> dependencies,
        CancellationToken cancellationToken
    )
    {
        if (container is null)
            return
            [
                .. dependencies.Select(dependency =>
                    new Reached(dependency, false, $"'{dependency.From}' is not running, so nothing was tried")
                ),
            ];
        using var authorities = new MemoryStream(Authorities(dependencies));
        var result = await shell.StreamAsync(
            Docker.Program,
            [
                "run",
                "--rm",
                "--network",
                $"container:{container.Id}",
                "--interactive",
                "--read-only",
                "--cap-drop",
                "ALL",
                "--security-opt",
                "no-new-privileges",
                "--memory",
                "128m",
                "--entrypoint",
                "python3",
                image,
                "-IS",
                "-c",
                Program,
                .. dependencies.Select(Target),
            ],
            authorities,
            null,
            cancellationToken
        );
        if (!result.Succeeded)
            return [.. dependencies.Select(dependency => new Reached(dependency, false, $"the test itself failed: {result.Reason}"))];
        return [.. dependencies.Zip(Docker.Lines(result), (dependency, line) => Parse(dependency, JsonNode.Parse(line)!))];
    }

    private static string Target(Dependency dependency)
        => string.Create(CultureInfo.InvariantCulture, $"{dependency.Host}:{dependency.Port}{Protocol(dependency)}");

    private static string Protocol(Dependency dependency) => (dependency.Elsewhere?.Tls, dependency.Elsewhere?.Endpoint.Scheme) switch
    {
        (null or TlsMode.Disable, _) => dependency.IsHttp ? "/http" : "",
        (var mode, "postgresql") => $"/postgresql+{Word(mode)}",
        (var mode, _) => $"/tls+{Word(mode)}",
    };

    private static string Word(TlsMode? mode) => mode switch
    {
        TlsMode.VerifyFull => "verify-full",
        TlsMode.VerifyCa => "verify-ca",
        _ => "require",
    };

    // By target. They may be longer than an argument may be.
    private static byte[] Authorities(IEnumerable<Dependency> dependencies) => JsonSerializer.SerializeToUtf8Bytes(
        dependencies.Where(dependency => dependency.Elsewhere?.Authority is not null)
            .ToDictionary(Target, dependency => dependency.Elsewhere!.Authority!.Content.ToString()));

    private static Reached Parse(Dependency dependency, JsonNode line) =>
        new(
            dependency,
            line["reached"]!.GetValue<bool>(),
            string.Create(CultureInfo.InvariantCulture, $"{line["said"]!.GetValue<string>()}, {line["ms"]!.GetValue<int>()} ms")
        );
}
