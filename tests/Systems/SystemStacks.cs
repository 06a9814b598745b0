using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Compose;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Systems;

/// <summary>The systems as the repository's own settings make them, gathered once each from both sources of images.</summary>
public sealed class SystemStacks : IAsyncLifetime
{
    private const string Project = "infra";
    private readonly Dictionary<(string Stack, ImageSource Images), Topology> gathered = [];

    /// <summary>Every settings file of a system.</summary>
    public static ImmutableArray<string> Names { get; } = ["hexagonal", "mikrom", "creator-hub", "marketplace", "marketplace-prod", "paqueteria"];

    public Topology this[string stack, ImageSource images = ImageSource.Registry] => gathered[(stack, images)];

    /// <summary>A system with its settings changed.</summary>
    public static Task<Topology> WithAsync(string stack, string from, string to)
    {
        var text = File.ReadAllText(Repository.PathOf($"Pulumi.{stack}.yaml"));
        text.Should().Contain(from);
        var source = SettingsOf.Source(text.Replace(from, to, StringComparison.Ordinal), stack);
        return StackFactory.GatherAsync(SettingsParser.Parse(source, Project, stack));
    }

    public static string Compose(string stack, Topology topology) => ComposeWriter.Write(topology, ComposeProject.OptionsOf(stack));

    public async Task InitializeAsync()
    {
        var workspace = new Workspace(Repository.Root);
        foreach (var stack in Names)
            foreach (var images in new[] { ImageSource.Registry, ImageSource.Debian })
                gathered[(stack, images)] = await StackFactory.GatherAsync(StackLoader.Read(workspace, stack, Project).Settings, images);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The system's Compose file.</summary>
    internal string Compose(string stack) => Compose(stack, this[stack]);
}

/// <summary>A test of one system's rows.</summary>
public abstract class SystemTest(SystemStacks stacks, string stack) : IClassFixture<SystemStacks>
{
    internal SystemStacks Stacks { get; } = stacks;

    internal Topology Topology => Stacks[stack];

    internal ServiceSpec this[string service] => Topology.Find(service)!;

    internal static string File(params string[] path) => System.IO.File.ReadAllText(Repository.PathOf(path));

    internal string Compose() => Stacks.Compose(stack);

    internal Task<Topology> WithAsync(string from, string to) => SystemStacks.WithAsync(stack, from, to);

    /// <summary>What the probe asks, how often, how patiently, how many times.</summary>
    internal static (string Test, double Interval, double Timeout, int Retries) Probe(ServiceSpec service) =>
        (string.Join(' ', service.Health!.Test), service.Health.Interval.TotalSeconds, service.Health.Timeout.TotalSeconds, service.Health.Retries);

    /// <summary>What the service's processes find under this name, and whether it is exported from a file.</summary>
    internal static string? Variable(ServiceSpec service, string name) => service.Environment.GetValueOrDefault(name)?.ToString()
        ?? (service.Command.Any(word => word.Contains($"export {name}=\"", StringComparison.Ordinal)) ? "exported" : null);
}
