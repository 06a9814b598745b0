using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Tests.Sdk;

/// <summary>What mocks get of a resource.</summary>
public sealed class MockInputTests
{
    private readonly EchoMocks _mocks = new();

    [Fact]
    public async Task Values_arrive_as_texts_booleans_doubles_arrays_and_dictionaries()
    {
        var inputs = await InputsAsync(new()
        {
            Name = "a",
            IsOn = true,
            Size = 3,
            Ratio = 0.5,
            Tags = ["x", Output.Create("y")],
            Labels = { ["k"] = "v" },
            Parts = { new ThingPartArgs { Label = "p", Weight = 7 }, new ThingPartArgs { Label = "q" } },
        });

        inputs.Keys.Should().BeEquivalentTo("name", "isOn", "size", "ratio", "tags", "labels", "parts");
        inputs["name"].Should().Be("a");
        inputs["isOn"].Should().Be(true);
        inputs["size"].Should().BeOfType<double>().And.Be(3.0);
        inputs["ratio"].Should().Be(0.5);
        inputs["tags"].Should().BeOfType<ImmutableArray<object>>().Which.Should().Equal("x", "y");
        inputs["labels"].Should().BeOfType<ImmutableDictionary<string, object>>().Which["k"].Should().Be("v");

        var parts = (ImmutableArray<object>)inputs["parts"];
        ((ImmutableDictionary<string, object>)parts[0])["weight"].Should().Be(7.0);
        ((ImmutableDictionary<string, object>)parts[1]).Keys.Should().Equal("label");
    }

    [Fact]
    public async Task What_is_unset_or_null_is_absent()
    {
        int? none = null;

        var inputs = await InputsAsync(new() { Name = "a", Size = none, IsOn = null });

        inputs.Keys.Should().Equal("name");
    }

    [Fact]
    public async Task A_list_assigned_empty_is_present()
    {
        var inputs = await InputsAsync(new() { Name = "a", Tags = Array.Empty<string>() });

        inputs["tags"].Should().BeOfType<ImmutableArray<object>>().Which.Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_anywhere_in_a_property_makes_the_property_absent()
    {
        var unknown = OutputUtilities.CreateUnknown("x");

        var inputs = await InputsAsync(new()
        {
            Name = "a",
            Tags = ["known", unknown],
            Parts = { new ThingPartArgs { Label = unknown } },
            Labels = { ["k"] = "v" },
        });

        inputs.Keys.Should().BeEquivalentTo("name", "labels");
    }

    [Fact]
    public async Task A_secret_arrives_as_its_value()
    {
        var inputs = await InputsAsync(new() { Name = Output.CreateSecret("s"), Tags = [Output.CreateSecret("t")] });

        inputs["name"].Should().Be("s");
        ((ImmutableArray<object>)inputs["tags"]).Should().Equal("t");
    }

    [Fact]
    public async Task Type_and_name_arrive_and_absent_provider_and_id_are_empty()
    {
        await InputsAsync(new() { Name = "a" });

        var resource = _mocks.Resource("thing");
        resource.Type.Should().Be(Thing.Token);
        resource.Provider.Should().BeEmpty();
        resource.Id.Should().BeEmpty();
    }

    [Fact]
    public async Task Components_and_providers_arrive_but_the_stack_does_not()
    {
        await Deployment.TestAsync(_mocks, new(), () =>
        {
            _ = new Group("g");
            _ = new SampleProvider("p");
        });

        _mocks.Resources.Select(resource => resource.Type)
            .Should().BeEquivalentTo(Group.Token, Thing.Token, "pulumi:providers:sample");
    }

    [Fact]
    public async Task A_provider_is_told_by_urn_and_id_and_inherited_from_a_component()
    {
        await Deployment.TestAsync(_mocks, new(), () =>
        {
            var provider = new SampleProvider("p");
            _ = new Thing("own", null, new() { Provider = provider });
            _ = new Group("g", new() { Provider = provider });
        });

        const string Reference = "urn:pulumi:stack::project::pulumi:pulumi:Stack$pulumi:providers:sample::p::p-id";
        _mocks.Resource("own").Provider.Should().Be(Reference);
        _mocks.Resource("g-thing").Provider.Should().Be(Reference);
    }

    [Fact]
    public async Task Outputs_of_one_resource_are_inputs_of_another()
    {
        await Deployment.TestAsync(_mocks, new(), () =>
        {
            var first = new Thing("first");
            _ = new Thing("second", new() { Name = first.Name, Tags = [first.Id, Output.Format($"{first.Name}!")] });
        });

        var inputs = _mocks.Resource("second").Inputs;
        inputs["name"].Should().Be("first");
        ((ImmutableArray<object>)inputs["tags"]).Should().Equal("first-id", "first!");
    }

    [Fact]
    public async Task A_function_is_called_with_its_arguments()
    {
        Output<LookupResult>? result = null;

        await Deployment.TestAsync(_mocks, new(), () =>
        {
            result = Deployment.Instance.Invoke<LookupResult>("sample:index/lookup:lookup", new LookupArgs { Name = "n" });
        });

        var call = _mocks.Calls.Should().ContainSingle().Which;
        call.Token.Should().Be("sample:index/lookup:lookup");
        call.Args.Should().ContainKey("name").WhoseValue.Should().Be("n");
        var value = await OutputUtilities.GetValueAsync(result!);
        value.Answer.Should().Be("yes");
        value.Count.Should().Be(2);
    }

    private async Task<ImmutableDictionary<string, object>> InputsAsync(ThingArgs args)
    {
        await Deployment.TestAsync(_mocks, new(), () => { _ = new Thing("thing", args); });
        return _mocks.Resource("thing").Inputs;
    }

    private sealed class LookupArgs : InvokeArgs
    {
        [Input("name", required: true)]
        public string Name { get; set; } = null!;
    }

    [OutputType]
    private sealed class LookupResult
    {
        public readonly string Answer;
        public readonly int Count;

        [OutputConstructor]
        private LookupResult(string answer, int count)
        {
            Answer = answer;
            Count = count;
        }
    }
}
