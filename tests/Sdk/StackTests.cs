using Pulumi;
using Pulumi.Utilities;

namespace Infra.Tests.Sdk;

public sealed class StackTests
{
    [Fact]
    public async Task The_root_stack_comes_first_named_by_project_and_stack()
    {
        var resources = await Deployment.TestAsync<SoundStack>(new EchoMocks());

        var stack = resources[0].Should().BeOfType<SoundStack>().Which;
        stack.GetResourceName().Should().Be("project-stack");
        stack.GetResourceType().Should().Be("pulumi:pulumi:Stack");
        resources.Skip(1).Should().ContainSingle().Which.Should().BeOfType<Thing>();
    }

    [Fact]
    public async Task Its_outputs_keep_their_secrecy()
    {
        var resources = await Deployment.TestAsync<SoundStack>(new EchoMocks());

        var stack = (SoundStack)resources[0];
        (await OutputUtilities.GetValueAsync(stack.Name)).Should().Be("thing");
        (await Output.IsSecretAsync(stack.Password)).Should().BeTrue();
    }

    [Fact]
    public async Task An_output_without_a_value_is_refused()
    {
        var act = () => Deployment.TestAsync<StackWithoutValue>(new EchoMocks());

        await act.Should().ThrowAsync<RunException>().WithMessage(
            "Output(s) 'Name' have no value assigned. [Output] attributed properties must be assigned inside Stack constructor.");
    }

    [Fact]
    public async Task An_output_that_is_no_output_is_refused()
    {
        var act = () => Deployment.TestAsync<StackWithText>(new EchoMocks());

        await act.Should().ThrowAsync<RunException>().WithMessage("*'Name'*have incorrect type*");
    }

    [Fact]
    public async Task The_service_provider_makes_the_stack()
    {
        var services = new OneService(() => new StackWithArgument("from outside"));

        var resources = await Deployment.TestWithServiceProviderAsync<StackWithArgument>(
            new EchoMocks(), services, new() { ProjectName = "p", StackName = "s" });

        resources[0].GetResourceName().Should().Be("p-s");
        resources[1].GetResourceName().Should().Be("from outside");
    }

    [Fact]
    public async Task A_function_may_be_the_program_and_its_stack_is_not_told()
    {
        var (resources, outputs) = await Deployment.TestAsync(new EchoMocks(), new(), () =>
        {
            var thing = new Thing("thing");
            return new Dictionary<string, object?> { ["name"] = thing.Name };
        });

        resources.Should().ContainSingle().Which.Should().BeOfType<Thing>();
        (await OutputUtilities.GetValueAsync((Output<string>)outputs["name"]!)).Should().Be("thing");
    }

    [Fact]
    public async Task An_asynchronous_function_may_be_the_program()
    {
        var resources = await Deployment.TestAsync(new EchoMocks(), new(), async () =>
        {
            await Task.Yield();
            _ = new Thing("thing");
        });

        resources.Should().ContainSingle();
    }

    [Fact]
    public async Task Resources_made_in_an_apply_are_waited_for()
    {
        var resources = await Deployment.TestAsync(new EchoMocks(), new(), () =>
        {
            _ = new Thing("first").Name.Apply(name => new Thing($"{name}-second").Name.Apply(inner => new Thing($"{inner}-third").Name));
        });

        resources.Select(resource => resource.GetResourceName()).Should().Equal("first", "first-second", "first-second-third");
    }

    private sealed class SoundStack : Stack
    {
        public SoundStack()
        {
            Name = new Thing("thing").Name;
            Password = Output.CreateSecret("pw");
        }

        [Output]
        public Output<string> Name { get; private set; }

        [Output("pass")]
        public Output<string> Password { get; private set; }
    }

    private sealed class StackWithoutValue : Stack
    {
        [Output]
        public Output<string> Name { get; private set; } = null!;
    }

    private sealed class StackWithText : Stack
    {
        [Output]
        public string Name { get; private set; } = "text";
    }

    private sealed class StackWithArgument : Stack
    {
        public StackWithArgument(string name) => _ = new Thing(name);
    }
}
