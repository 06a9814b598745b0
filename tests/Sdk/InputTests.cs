using System.Collections;
using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Tests.Sdk;

public sealed class InputTests
{
    [Fact]
    public void A_null_number_is_an_unset_input()
    {
        int? none = null;

        Input<int>? input = none;

        input.Should().BeNull();
    }

    [Fact]
    public async Task An_unset_input_counts_as_the_default()
    {
        Input<int>? unset = null;

        (await ValueAsync(unset.ToOutput())).Should().Be(0);
        (await ValueAsync(unset.Apply(x => x + 1))).Should().Be(1);
    }

    [Fact]
    public void An_unset_input_has_no_output_of_its_own()
    {
        Input<int>? unset = null;

        var act = () => (Output<int>)unset!;

        act.Should().Throw<NullReferenceException>();
    }

    [Fact]
    public async Task A_list_is_made_of_values_inputs_outputs_arrays_and_lists()
    {
        Input<string> input = "b";
        InputList<string> mixed = ["a", input, Output.Create("c")];
        InputList<string> one = "a";
        InputList<string> array = new[] { "a", "b" };
        InputList<string> outputs = new[] { Output.Create("a"), Output.Create("b") };
        InputList<string> list = new List<string> { "a" };
        InputList<string> immutable = ImmutableArray.Create("a");
        InputList<string> whole = Output.Create(new[] { "a", "b" });
        InputList<string> initialised = new() { "a", { "b", "c" } };

        (await ListAsync(mixed)).Should().Equal("a", "b", "c");
        (await ListAsync(one)).Should().Equal("a");
        (await ListAsync(array)).Should().Equal("a", "b");
        (await ListAsync(outputs)).Should().Equal("a", "b");
        (await ListAsync(list)).Should().Equal("a");
        (await ListAsync(immutable)).Should().Equal("a");
        (await ListAsync(whole)).Should().Equal("a", "b");
        (await ListAsync(initialised)).Should().Equal("a", "b", "c");
    }

    [Fact]
    public async Task Lists_are_appended_and_joined()
    {
        InputList<string> first = ["a"];
        InputList<string> second = ["b"];

        var joined = first.Concat(second);
        first.Add("c");
        first.AddRange(second);

        (await ListAsync(joined)).Should().Equal("a", "b");
        (await ListAsync(first)).Should().Equal("a", "c", "b");
        (await ListAsync(second)).Should().Equal("b");
    }

    [Fact]
    public void A_list_cannot_be_enumerated()
    {
        InputList<string> list = ["a"];

        var act = () => ((IEnumerable)list).GetEnumerator();

        act.Should().Throw<NotSupportedException>();
    }

    [Fact]
    public async Task A_map_is_made_of_values_inputs_and_dictionaries()
    {
        InputMap<string> map = new() { ["a"] = "1", ["b"] = Output.Create("2") };
        map.Add("c", "3");
        map.AddRange(new Dictionary<string, string> { ["d"] = "4" });
        InputMap<string> whole = Output.Create(new Dictionary<string, string> { ["e"] = "5" });

        (await MapAsync(map)).Should().Equal(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2", ["c"] = "3", ["d"] = "4" });
        (await MapAsync(whole)).Should().ContainSingle().Which.Value.Should().Be("5");
    }

    [Fact]
    public async Task A_key_set_twice_faults_the_map()
    {
        InputMap<string> map = new() { ["a"] = "1" };
        map["a"] = "2";

        await map.Awaiting(MapAsync).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Of_merged_maps_the_second_wins()
    {
        InputMap<string> first = new() { ["a"] = "1", ["b"] = "1" };
        InputMap<string> second = new() { ["b"] = "2" };

        (await MapAsync(InputMap<string>.Merge(first, second)))
            .Should().Equal(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
    }

    [Fact]
    public async Task A_union_holds_one_of_two_types()
    {
        Union<string, int> text = "a";
        Union<string, int> number = 1;
        InputUnion<string, int> input = 2;

        text.IsT0.Should().BeTrue();
        text.AsT0.Should().Be("a");
        number.IsT1.Should().BeTrue();
        number.Match(value => value.Length, value => value + 1).Should().Be(2);
        (await ValueAsync(input.ToOutput())).Should().Be((Union<string, int>)2);
    }

    private static Task<T> ValueAsync<T>(Output<T> output) => OutputUtilities.GetValueAsync(output);

    private static Task<ImmutableArray<string>> ListAsync(InputList<string> list) => ValueAsync(list.ToOutput());

    private static Task<ImmutableDictionary<string, string>> MapAsync(InputMap<string> map) => ValueAsync(map.ToOutput());
}
