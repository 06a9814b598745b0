using System.Collections.Immutable;
using System.Globalization;
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
    public static async Task<ImmutableArray<Reached>> RunAsync(Docker docker, StackContext stack, CancellationToken cancellationToken)
    {
        var image =
            stack.Topology.Services.FirstOrDefault(service => service.Role is ServiceRole.Web or ServiceRole.Worker)
            ?? throw UserErrorException.BadInput(
                $"{stack.Naming.Name}: It has no web and no worker, whose image has the Python that the test needs."
            );
        var existing = await docker.ContainersAsync(stack.Naming, cancellationToken);
        var tests = Dependency
            .AllOf(stack.Topology)
            .GroupBy(dependency => dependency.From)
            .Select(group =>
                OfAsync(
                    docker,
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
        Docker docker,
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
        var result = await docker.RunAsync(
            [
                "run",
                "--rm",
                "--network",
                $"container:{container.Id}",
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
            cancellationToken
        );
        if (!result.Succeeded)
            return [.. dependencies.Select(dependency => new Reached(dependency, false, $"the test itself failed: {result.Reason}"))];
        return [.. dependencies.Zip(Docker.Lines(result), (dependency, line) => Parse(dependency, JsonNode.Parse(line)!))];
    }

    private static string Target(Dependency dependency)
        => string.Create(CultureInfo.InvariantCulture, $"{dependency.Host}:{dependency.Port}{(dependency.IsHttp ? "/http" : "")}");

    private static Reached Parse(Dependency dependency, JsonNode line) =>
        new(
            dependency,
            line["reached"]!.GetValue<bool>(),
            string.Create(CultureInfo.InvariantCulture, $"{line["said"]!.GetValue<string>()}, {line["ms"]!.GetValue<int>()} ms")
        );
}
