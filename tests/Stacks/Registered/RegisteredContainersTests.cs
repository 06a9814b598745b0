using System.Collections.Immutable;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;
using static Infra.Tests.Stacks.RegisteredStack;

namespace Infra.Tests.Stacks;

/// <summary>What Pulumi is given for every service of every stack, field by field, and the promises that hold for all of them.</summary>
public sealed class RegisteredContainersTests
{
    public static TheoryData<string, ImageSource> Stacks => All;

    [Theory, MemberData(nameof(Stacks))]
    public async Task Every_container_is_given_all_that_its_service_says_and_nothing_else(string stack, ImageSource images)
    {
        var run = await RunAsync(stack, images);

        run.Topology.Services.SelectMany(service => Differences(service, run)).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task Every_container_is_found_again_by_its_labels(string stack, ImageSource images)
    {
        var run = await RunAsync(stack, images);

        foreach (var service in run.Topology.Services)
            LabelsOf(run.Of(service)).Should().Contain(ExpectedContainer.Labels(service, run.Settings.Naming), service.Name);
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task Ports_are_published_on_loopback_alone_but_those_of_a_proxy_with_a_public_name(string stack, ImageSource images)
    {
        var run = await RunAsync(stack, images);
        var isPublic = run.Topology.Services.Any(service =>
            service is { Role: ServiceRole.Proxy, Endpoint.Scheme: "https" } && !Endpoint.IsLocal(service.Endpoint.Host)
        );

        var open = run.Topology.Services.SelectMany(service =>
            Maps(run.Of(service), "ports").Where(port => (string)port["ip"] != "127.0.0.1").Select(_ => service)
        );

        open.Select(service => service.Name).Should().BeSubsetOf(isPublic ? ["proxy"] : []);
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task Every_container_has_limits_a_bounded_log_a_restart_and_a_probe_that_asks_something(string stack, ImageSource images)
    {
        var run = await RunAsync(stack, images);

        foreach (var service in run.Topology.Services)
        {
            var container = run.Of(service);
            container
                .Should()
                .ContainKeys(["memory", "memorySwap", "cpus", "logDriver", "logOpts", "restart", "securityOpts", "capabilities"], service.Name);
            ((ImmutableDictionary<string, object>)container["logOpts"]).Keys.Should().BeEquivalentTo(["max-size", "max-file"], service.Name);
            container["restart"].Should().Be(service.Role == ServiceRole.Job ? "no" : "unless-stopped", service.Name);
            if (service.Role == ServiceRole.Job) continue;
            container.Should().ContainKey("healthcheck", service.Name);
            var test = (ImmutableArray<object>)((ImmutableDictionary<string, object>)container["healthcheck"])["tests"];
            test.Should().HaveCountGreaterThan(1, service.Name).And.StartWith("CMD").And.NotContain(["true", "exit 0"], service.Name);
        }
    }

    [Theory, MemberData(nameof(Stacks))]
    public async Task The_application_is_one_image_built_once(string stack, ImageSource images)
    {
        var run = await RunAsync(stack, images);

        var own = run.Topology.Services.Where(service =>
            service.Role is ServiceRole.Worker or ServiceRole.Beat or ServiceRole.Job or ServiceRole.Web
            && service.Image is BuiltImage { Name: "app" or "mikrom-py" }
        );

        own.Select(service => run.Of(service)["image"]).Distinct().Should().HaveCountLessThanOrEqualTo(1);
        run.Inputs.Where(resource => resource.Key.Type == "docker:index/image:Image")
            .Select(resource => resource.Value["imageName"])
            .Should()
            .OnlyHaveUniqueItems();
    }

    /// <summary>What the container is given that its service does not say, and the other way round.</summary>
    internal static IEnumerable<string> Differences(ServiceSpec service, RegisteredStack run)
    {
        var container = run.Of(service);
        var name = run.Settings.Naming.Container(service);
        var given = (string)container["name"];
        // What starts first is named after what it is made from.
        if (service.Replacement == Replacement.StartFirst) given.Should().MatchRegex($"^{name}-[0-9a-f]{{8}}$");
        else given.Should().Be(name);
        var expected = ExpectedContainer.For(service, run.Topology, given);
        var actual = container.Remove("labels").ToDictionary(input => input.Key, input => Provider.Text(input.Value));
        return expected
            .Keys.Union(actual.Keys)
            .Order(StringComparer.Ordinal)
            .Where(input => expected.GetValueOrDefault(input) != actual.GetValueOrDefault(input))
            .Select(input =>
                $"{service.Name}.{input}: {actual.GetValueOrDefault(input, "not given")}, "
                + $"and its service says {expected.GetValueOrDefault(input, "nothing")}"
            );
    }
}
