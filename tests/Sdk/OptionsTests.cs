using System.Collections.Concurrent;
using Pulumi;

namespace Infra.Tests.Sdk;

public sealed class OptionsTests
{
    private readonly EchoMocks _mocks = new();

    [Fact]
    public void Of_merged_options_the_second_wins_and_lists_are_joined()
    {
        var first = new CustomResourceOptions { Protect = true, Version = "1", ImportId = "a", IgnoreChanges = { "x" } };
        var second = new CustomResourceOptions { Version = "2", DeleteBeforeReplace = true, IgnoreChanges = { "y" } };

        var merged = CustomResourceOptions.Merge(first, second);

        merged.Protect.Should().BeTrue();
        merged.Version.Should().Be("2");
        merged.ImportId.Should().Be("a");
        merged.DeleteBeforeReplace.Should().BeTrue();
        merged.IgnoreChanges.Should().Equal("x", "y");
        first.IgnoreChanges.Should().Equal("x");
    }

    [Fact]
    public void Absent_options_merge_into_the_others()
    {
        CustomResourceOptions.Merge(null, new() { RetainOnDelete = true }).RetainOnDelete.Should().BeTrue();
        ComponentResourceOptions.Merge(new() { Protect = true }, null).Protect.Should().BeTrue();
    }

    [Fact]
    public async Task A_transformation_sees_and_changes_args_and_options()
    {
        CustomResourceOptions? seen = null;
        ResourceTransformation transformation = args =>
        {
            seen = (CustomResourceOptions)args.Options;
            args.Resource.GetResourceName().Should().Be("thing");
            return new(new ThingArgs { Name = ((ThingArgs)args.Args).Name.Apply(name => name + "!") }, args.Options);
        };

        await Deployment.TestAsync(_mocks, new(), () =>
        {
            _ = new Thing("thing", null, new() { Version = "5.1.0", ResourceTransformations = { transformation } });
        });

        seen!.Version.Should().Be("5.1.0");
        _mocks.Resource("thing").Inputs["name"].Should().Be("thing!");
    }

    [Fact]
    public async Task A_transformation_that_returns_null_changes_nothing()
    {
        await Deployment.TestAsync(_mocks, new(), () =>
        {
            _ = new Thing("thing", null, new() { ResourceTransformations = { _ => null } });
        });

        _mocks.Resource("thing").Inputs["name"].Should().Be("thing");
    }

    [Fact]
    public async Task A_components_transformations_reach_its_children()
    {
        var seen = new ConcurrentQueue<string>();

        await Deployment.TestAsync(_mocks, new(), () =>
        {
            _ = new Group("g", new() { ResourceTransformations = { Record(seen) } });
            _ = new Thing("outside");
        });

        seen.Should().Equal("g", "g-thing");
    }

    [Fact]
    public async Task A_stacks_transformations_reach_every_resource()
    {
        var seen = new ConcurrentQueue<string>();
        var services = new OneService(() => new TransformedStack(Record(seen)));

        await Deployment.TestWithServiceProviderAsync<TransformedStack>(_mocks, services);

        seen.Should().Contain(["g", "g-thing", "outside"]);
    }

    [Fact]
    public async Task Depending_on_a_component_waits_for_its_children()
    {
        var mocks = new EchoMocks
        {
            Answer = async args =>
            {
                if (args.Name == "g-thing")
                    await Task.Delay(100);
                return ($"{args.Name}-id", args.Inputs);
            },
        };

        await Deployment.TestAsync(mocks, new(), () =>
        {
            var group = new Group("g");
            _ = new Thing("after", null, new() { DependsOn = group });
        });

        mocks.Resources.Select(resource => resource.Name).Should().EndWith("after");
    }

    [Fact]
    public async Task Resources_to_depend_on_come_one_by_one_or_as_an_array()
    {
        await Deployment.TestAsync(_mocks, new(), () =>
        {
            var first = new Thing("first");
            Thing[] both = [first, new Thing("second", null, new() { DependsOn = { first } })];
            _ = new Thing("third", null, new() { DependsOn = both });
        });

        _mocks.Resources.Select(resource => resource.Name).Should().Equal("first", "second", "third");
    }

    [Fact]
    public async Task A_component_takes_a_provider_or_providers_but_not_both()
    {
        var act = () => Deployment.TestAsync(_mocks, new(), () =>
        {
            var provider = new SampleProvider("p");
            _ = new Group("g", new() { Provider = provider, Providers = { provider } });
        });

        await act.Should().ThrowAsync<RunException>();
    }

    private static ResourceTransformation Record(ConcurrentQueue<string> seen) => args =>
    {
        seen.Enqueue(args.Resource.GetResourceName());
        return null;
    };

    private sealed class TransformedStack : Stack
    {
        public TransformedStack(ResourceTransformation transformation)
            : base(new() { ResourceTransformations = { transformation } })
        {
            _ = new Group("g");
            _ = new Thing("outside");
        }
    }
}
