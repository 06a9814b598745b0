using System.Text.Json;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Tests.Sdk;

public sealed class OutputJsonTests
{
    [Fact]
    public async Task Inputs_and_outputs_anywhere_in_it_are_written_as_their_values()
    {
        Input<int> input = 2;
        InputList<string> list = ["x", Output.Create("y")];
        InputMap<string> map = new() { ["k"] = Output.Create(Task.FromResult("v")) };
        var value = Output.Create(new { Output = Output.Create(Task.Delay(1).ContinueWith(_ => "a", TaskScheduler.Default)), input, list, map });

        var json = Output.JsonSerialize(value);

        (await OutputUtilities.GetValueAsync(json)).Should().Be("""{"Output":"a","input":2,"list":["x","y"],"map":{"k":"v"}}""");
    }

    [Fact]
    public async Task A_secret_inside_makes_the_text_secret()
    {
        var json = Output.JsonSerialize(Output.Create(new { Password = Output.CreateSecret("pw") }));

        (await Output.IsSecretAsync(json)).Should().BeTrue();
        (await OutputUtilities.GetValueAsync(json)).Should().Be("""{"Password":"pw"}""");
    }

    [Fact]
    public async Task An_unknown_inside_makes_the_text_unknown()
    {
        var json = Output.JsonSerialize(Output.Create(new { Name = OutputUtilities.CreateUnknown("x") }));

        (await OutputUtilities.GetIsKnownAsync(json)).Should().BeFalse();
    }

    [Fact]
    public async Task Options_are_heeded()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

        var json = Output.JsonSerialize(Output.Create(new { FirstName = "a" }), options);

        (await OutputUtilities.GetValueAsync(json)).Should().Be("""{"firstName":"a"}""");
    }

    [Fact]
    public async Task Json_is_read_back()
    {
        var numbers = Output.JsonDeserialize<int[]>(Output.CreateSecret("[1,2]"));

        (await OutputUtilities.GetValueAsync(numbers)).Should().Equal(1, 2);
        (await Output.IsSecretAsync(numbers)).Should().BeTrue();
    }
}
