using Infra.Model;
using Infra.Targets;
using Infra.Targets.Containers;
using Infra.Tests.Support;

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

    public static async Task<Registered> ContainerAsync(ServiceSpec spec) => (await RunAsync(spec)).Container(spec.Name);
}
