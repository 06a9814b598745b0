using System.Collections.Immutable;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Infra.Tests.Sdk;

/// <summary>What a resource's outputs come to, from the state that the mock returned.</summary>
public sealed class MockStateTests
{
    private static readonly TestOptions s_update = new() { IsPreview = false };

    [Fact]
    public async Task Echoed_inputs_are_outputs_of_the_right_types()
    {
        var thing = await ThingAsync(new EchoMocks(), new(), new()
        {
            Name = "a",
            IsOn = true,
            Size = 3,
            Ratio = 0.5,
            Tags = ["x", "y"],
            Labels = { ["k"] = "v" },
            Parts = { new ThingPartArgs { Label = "p", Weight = 7 }, new ThingPartArgs { Label = "q" } },
        });

        (await ValueAsync(thing.Name)).Should().Be("a");
        (await ValueAsync(thing.IsOn)).Should().BeTrue();
        (await ValueAsync(thing.Size)).Should().Be(3);
        (await ValueAsync(thing.Ratio)).Should().Be(0.5);
        (await ValueAsync(thing.Tags)).Should().Equal("x", "y");
        (await ValueAsync(thing.Labels)).Should().ContainKey("k").WhoseValue.Should().Be("v");
        (await ValueAsync(thing.Parts)).Select(part => (part.Label, part.Weight)).Should().Equal(("p", 7), ("q", null));
    }

    [Theory, InlineData(80), InlineData(80.0)]
    public async Task Whole_numbers_may_be_ints_or_doubles(object port)
    {
        var mocks = Returning("id", new Dictionary<string, object> { ["port"] = port });

        var thing = await ThingAsync(mocks, new());

        (await ValueAsync(thing.Port)).Should().Be(80);
    }

    [Fact]
    public async Task The_state_may_be_any_dictionary()
    {
        var thing = await ThingAsync(Returning("id", ImmutableDictionary<string, object>.Empty.Add("name", "other")), new());

        (await ValueAsync(thing.Name)).Should().Be("other");
    }

    [Fact]
    public async Task What_the_state_lacks_is_unknown_in_a_preview_which_is_the_default()
    {
        var applied = false;

        var thing = await ThingAsync(new EchoMocks(), new());
        var derived = thing.Port.Apply(port => applied = port == 0);

        (await OutputUtilities.GetIsKnownAsync(thing.Port)).Should().BeFalse();
        (await ValueAsync(thing.Port)).Should().Be(0);
        (await OutputUtilities.GetIsKnownAsync(derived)).Should().BeFalse();
        applied.Should().BeFalse();
    }

    [Fact]
    public async Task What_the_state_lacks_is_the_default_and_known_in_an_update()
    {
        var thing = await ThingAsync(new EchoMocks(), s_update);

        (await OutputUtilities.GetIsKnownAsync(thing.Port)).Should().BeTrue();
        (await ValueAsync(thing.Port)).Should().Be(0);
        (await ValueAsync(thing.Size)).Should().BeNull();
        (await ValueAsync(thing.Tags)).IsDefault.Should().BeTrue();
        (await ValueAsync(thing.Port.Apply(port => port + 1))).Should().Be(1);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_id_that_is_null_is_unknown(bool isPreview)
    {
        var mocks = Returning(null, ImmutableDictionary<string, object>.Empty);

        var thing = await ThingAsync(mocks, new() { IsPreview = isPreview });

        (await OutputUtilities.GetIsKnownAsync(thing.Id)).Should().BeFalse();
    }

    [Fact]
    public async Task An_echoed_secret_is_a_secret_no_longer()
    {
        var thing = await ThingAsync(new EchoMocks(), new(), new() { Name = Output.CreateSecret("s") });

        (await ValueAsync(thing.Name)).Should().Be("s");
        (await Output.IsSecretAsync(thing.Name)).Should().BeFalse();
    }

    [Fact]
    public async Task The_urn_keeps_only_the_outermost_type_of_the_parents()
    {
        Group? group = null;
        await Deployment.TestAsync(
            new EchoMocks(), new() { ProjectName = "p", StackName = "s" }, () => { group = new("g"); });

        (await ValueAsync(group!.Urn)).Should().Be("urn:pulumi:s::p::pulumi:pulumi:Stack$sample:index:Group::g");
        (await ValueAsync(group.Thing.Urn)).Should().Be("urn:pulumi:s::p::pulumi:pulumi:Stack$sample:index/thing:Thing::g-thing");
    }

    [Fact]
    public async Task A_component_registers_its_outputs_and_they_keep_their_secrecy()
    {
        var mocks = new EchoMocks();

        await Deployment.TestAsync(mocks, new(), () => { _ = new Group("g"); });

        var request = mocks.Outputs.Should().ContainSingle(request => request.Urn.EndsWith("Group::g", StringComparison.Ordinal)).Which;
        (await ValueAsync(request.Outputs["label"])).Should().Be("label of g");
        (await Output.IsSecretAsync(request.Outputs["label"])).Should().BeTrue();
    }

    private static async Task<Thing> ThingAsync(EchoMocks mocks, TestOptions options, ThingArgs? args = null)
    {
        Thing? thing = null;
        await Deployment.TestAsync(mocks, options, () => { thing = new("thing", args); });
        return thing!;
    }

    private static EchoMocks Returning(string? id, object state) => new() { Answer = _ => Task.FromResult((id, state)) };

    private static Task<T> ValueAsync<T>(Output<T> output) => OutputUtilities.GetValueAsync(output);
}
