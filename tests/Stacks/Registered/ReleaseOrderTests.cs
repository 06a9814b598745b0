using Infra.Model;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using static Infra.Tests.Stacks.RegisteredStack;

namespace Infra.Tests.Stacks;

/// <summary>The order in which Pulumi makes what a stack runs, which its options alone tell.</summary>
public sealed class ReleaseOrderTests
{
    public static TheoryData<string> Stacks => [.. Names];

    [Theory, MemberData(nameof(Stacks))]
    public async Task Every_container_depends_on_those_that_its_service_waits_for(string stack)
    {
        var (topology, run) = await MakeAsync(stack);

        foreach (var service in topology.Services)
        {
            var before = await Of(run, service.Name).DependsOnAsync();
            service.WaitsFor.Select(wait => Of(run, wait.Service).Name).Except(before).Should().BeEmpty(service.Name);
        }
    }

    [Fact]
    public async Task In_production_worker_and_beat_stay_as_they_are_until_web_is_well()
    {
        var (_, run) = await MakeAsync("prod");
        var web = Of(run, "web");

        web["wait"].Should().Be(true);
        foreach (var service in new[] { "worker", "beat", "celery-metrics", "proxy-to-web" })
            (await run.Container(service).DependsOnAsync()).Should().Contain(web.Name, service);
        foreach (var files in new[] { "worker-files", "beat-files" })
            (await run.Container(files).DependsOnAsync()).Should().Contain(web.Name, files);
        foreach (var store in new[] { "postgres", "redis", "rabbitmq" })
            (await run.Container(store).DependsOnAsync()).Should().NotContain(web.Name, store);
    }

    private static Registered Of(StackRun run, string service) =>
        run.Containers.Single(container => container.Inputs.ContainsKey("labels") && container.Label(Labels.Service) == service);

    private static async Task<(Topology Topology, StackRun Run)> MakeAsync(string stack)
    {
        var topology = (await RunAsync(stack, Infra.Stacks.Configuration.ImageSource.Registry)).Topology;
        return (topology, await StackRun.OfAsync(() =>
        {
            var host = new ContainerHost(topology.Naming, new FakeSecrets());
            foreach (var service in topology.Services) _ = new AnyService(service, host);
        }));
    }
}
