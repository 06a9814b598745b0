using System.Globalization;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Tests.Sdk;

public sealed class OutputTests
{
    [Fact]
    public async Task Apply_takes_a_value_a_task_an_input_or_an_output()
    {
        var two = Output.Create(2);

        (await ValueAsync(two.Apply(x => x + 1))).Should().Be(3);
        (await ValueAsync(two.Apply(async x => { await Task.Yield(); return x + 2; }))).Should().Be(4);
        (await ValueAsync(two.Apply(x => (Input<int>)(x + 3)))).Should().Be(5);
        (await ValueAsync(two.Apply(x => Output.Create(x + 4)))).Should().Be(6);
    }

    [Fact]
    public async Task A_task_becomes_an_output()
    {
        (await ValueAsync(Output.Create(Task.FromResult("a")))).Should().Be("a");
        (await ValueAsync(Output<string>.Create(Task.FromResult("b")))).Should().Be("b");
        (await ValueAsync(Output.CreateSecret(Task.FromResult("c")))).Should().Be("c");
    }

    [Fact]
    public async Task A_secret_makes_what_comes_of_it_secret()
    {
        var secret = Output.CreateSecret("s");
        var plain = Output.Create("p");

        (await Output.IsSecretAsync(secret)).Should().BeTrue();
        (await Output.IsSecretAsync(plain)).Should().BeFalse();
        (await Output.IsSecretAsync(Output.CreateSecret(plain))).Should().BeTrue();
        (await Output.IsSecretAsync(secret.Apply(x => x.Length))).Should().BeTrue();
        (await Output.IsSecretAsync(plain.Apply(_ => secret))).Should().BeTrue();
        (await Output.IsSecretAsync(Output.All(plain, secret))).Should().BeTrue();
        (await Output.IsSecretAsync(Output.Tuple(plain, secret))).Should().BeTrue();
        (await Output.IsSecretAsync(Output.Format($"{plain}:{secret}"))).Should().BeTrue();
        (await Output.IsSecretAsync(Output.Format($"{plain}:{plain}"))).Should().BeFalse();
    }

    [Fact]
    public async Task Unsecret_gives_the_value_without_the_secrecy()
    {
        var plain = Output.Unsecret(Output.CreateSecret("s"));

        (await Output.IsSecretAsync(plain)).Should().BeFalse();
        (await ValueAsync(plain)).Should().Be("s");
    }

    [Fact]
    public async Task An_unknown_value_is_not_applied_and_what_comes_of_it_is_unknown()
    {
        var applied = false;
        var unknown = OutputUtilities.CreateUnknown("x");

        var length = unknown.Apply(x =>
        {
            applied = true;
            return x.Length;
        });

        (await OutputUtilities.GetIsKnownAsync(length)).Should().BeFalse();
        (await OutputUtilities.GetIsKnownAsync(Output.All(unknown, Output.Create("y")))).Should().BeFalse();
        (await OutputUtilities.GetIsKnownAsync(Output.Format($"a{unknown}"))).Should().BeFalse();
        (await OutputUtilities.GetIsKnownAsync(Output.Create("y"))).Should().BeTrue();
        applied.Should().BeFalse();
    }

    [Fact]
    public async Task All_keeps_the_order()
    {
        (await ValueAsync(Output.All(Output.Create(1), Output.Create(Task.FromResult(2)), Output.Create(3)))).Should().Equal(1, 2, 3);
        (await ValueAsync(Output.All(new List<Output<int>> { Output.Create(1), Output.Create(2) }))).Should().Equal(1, 2);
        (await ValueAsync(Output.All<int>(1, Output.Create(2)))).Should().Equal(1, 2);
    }

    [Fact]
    public async Task Tuple_joins_outputs_of_several_types()
    {
        (await ValueAsync(Output.Tuple(Output.Create(1), Output.Create("b")))).Should().Be((1, "b"));
        (await ValueAsync(Output.Tuple(Output.Create(1), Output.Create("b"), Output.Create(true)))).Should().Be((1, "b", true));
        (await ValueAsync(Output.Tuple<int, string>(1, "b"))).Should().Be((1, "b"));

        var one = Output.Create(1);
        (await ValueAsync(Output.Tuple(one, one, one, one, one, one, one, Output.Create("h"))))
            .Should().Be((1, 1, 1, 1, 1, 1, 1, "h"));
    }

    [Fact]
    public async Task Format_fills_its_holes_in_the_invariant_culture()
    {
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        Input<string> input = "in";

        var text = Output.Format($"{1.5} {input} {Output.Create("out")} {Output.Create(7):D3} {{}}");

        (await ValueAsync(text)).Should().Be("1.5 in out 007 {}");
    }

    [Fact]
    public async Task Dependencies_follow_the_value()
    {
        var mocks = new EchoMocks();
        Thing? thing = null;
        await Deployment.TestAsync(mocks, new(), () => { thing = new("a"); });

        var derived = Output.Format($"{thing!.Name}!").Apply(name => name.Length);

        (await OutputUtilities.GetDependenciesAsync(derived)).Should().Equal(thing);
        var added = OutputUtilities.WithDependency(Output.Create(1), thing);
        (await OutputUtilities.GetDependenciesAsync(added)).Should().Equal(thing);
    }

    [Fact]
    public async Task A_deferred_output_is_what_it_is_resolved_to()
    {
        var deferred = new DeferredOutput<string>();
        var length = deferred.Output.Apply(text => text.Length);

        deferred.Resolve(Output.CreateSecret("four"));

        (await ValueAsync(length)).Should().Be(4);
        (await Output.IsSecretAsync(length)).Should().BeTrue();
    }

    [Fact]
    public async Task Lists_are_reached_into()
    {
        var list = Output.All(Output.Create("a"), Output.Create("b"));

        (await ValueAsync(list.GetAt(1))).Should().Be("b");
        (await ValueAsync(list.First())).Should().Be("a");
        (await ValueAsync(list.Length())).Should().Be(2);
    }

    [Fact]
    public void ToString_outside_a_deployment_throws() =>
        Output.Create(1).Invoking(output => output.ToString()).Should().Throw<InvalidOperationException>();

    private static Task<T> ValueAsync<T>(Output<T> output) => OutputUtilities.GetValueAsync(output);
}
