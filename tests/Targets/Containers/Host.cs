using Infra.Model;
using Infra.Targets;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using Pulumi;
using Pulumi.Utilities;
using Docker = Pulumi.Docker;

namespace Infra.Tests.Targets.Containers;

/// <summary>Runs specs on a container host of the stack shop-dev.</summary>
internal static class Host
{
    public static Naming Shop { get; } = new("shop", "dev");

    public static Task<StackRun> RunAsync(params ServiceSpec[] specs) => RunAsync(new RecordingMocks(), null, specs);

    public static Task<StackRun> RunAsync(RecordingMocks mocks, string? attempt, params ServiceSpec[] specs) => StackRun.OfAsync(() =>
    {
        IServiceHost host = new ContainerHost(Shop, new FakeSecrets()) { Attempt = attempt };
        foreach (var spec in specs) _ = new AnyService(spec, host);
    }, mocks);

    /// <summary>The resources that a container's labels are made from.</summary>
    public static async Task<IEnumerable<string>> LabelsComeFromAsync(Registered container)
    {
        var labels = await OutputUtilities.GetValueAsync(((Docker.ContainerArgs)container.Args!).Labels.ToOutput());
        var sources = await Task.WhenAll(labels.Select(label => OutputUtilities.GetDependenciesAsync(label.Value.ToOutput())));
        return sources.SelectMany(resources => resources).Select(resource => resource.GetResourceName()).Distinct();
    }

    public static async Task<Registered> ContainerAsync(ServiceSpec spec) => (await RunAsync(spec)).Container(spec.Name);
}
