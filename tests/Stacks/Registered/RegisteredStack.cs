using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Containers;
using Infra.Tests.Offline;
using Infra.Tests.Support;
using Pulumi;
using Pulumi.Testing;

namespace Infra.Tests.Stacks;

/// <summary>One of the repository's stacks: its services as data, and what Pulumi is given for them.</summary>
internal sealed record RegisteredStack(
    Settings Settings,
    Topology Topology,
    IReadOnlyDictionary<(string Type, string Name), ImmutableDictionary<string, object>> Inputs
)
{
    public const string Container = "docker:index/container:Container";

    public static ImmutableArray<string> Names { get; } =
    ["dev", "prod", "hexagonal", "mikrom", "creator-hub", "marketplace", "marketplace-prod", "paqueteria"];

    /// <summary>Every stack from both sources of images.</summary>
    public static TheoryData<string, ImageSource> All
    {
        get
        {
            var data = new TheoryData<string, ImageSource>();
            foreach (var stack in Names)
                foreach (var images in new[] { ImageSource.Registry, ImageSource.Debian }) data.Add(stack, images);
            return data;
        }
    }

    public static async Task<RegisteredStack> RunAsync(string stack, ImageSource images)
    {
        var settings = StackLoader.Read(new Workspace(Repository.Root), stack, "shop").Settings;
        var mocks = new RecordingMocks();
        await Deployment.TestWithServiceProviderAsync<Stack>(mocks,
            StackFactory.Provider(() => StackFactory.Make(new ContainerHost(settings.Naming, new FakeSecrets()), settings, images)),
            new TestOptions { ProjectName = "shop", StackName = stack, RootDirectory = StackRun.Root, IsPreview = false });
        return new RegisteredStack(settings, await StackFactory.GatherAsync(settings, images), mocks.Inputs);
    }

    /// <summary>The container of a service.</summary>
    public ImmutableDictionary<string, object> Of(ServiceSpec service) => Inputs.Where(resource => resource.Key.Type == Container)
        .Single(resource => LabelsOf(resource.Value).GetValueOrDefault(Labels.Service) == service.Name).Value;

    /// <summary>A container's labels.</summary>
    public static ImmutableDictionary<string, string> LabelsOf(ImmutableDictionary<string, object> container)
        => Maps(container, "labels").ToImmutableDictionary(label => (string)label["label"], label => (string)label["value"]);

    /// <summary>A list of maps; empty where there is none.</summary>
    public static IEnumerable<ImmutableDictionary<string, object>> Maps(ImmutableDictionary<string, object> inputs, string name)
        => inputs.TryGetValue(name, out var list) ? ((ImmutableArray<object>)list).Cast<ImmutableDictionary<string, object>>() : [];
}
