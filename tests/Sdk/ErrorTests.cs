using Infra.Tests.Support;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Tests.Sdk;

/// <remarks>A failed run sets the process's exit code.</remarks>
[Collection(EnvironmentCollection.Name)]
public sealed class ErrorTests : IDisposable
{
    private readonly int _exitCode = Environment.ExitCode;

    public void Dispose() => Environment.ExitCode = _exitCode;

    [Fact]
    public async Task An_exception_is_told_with_its_type_and_message_and_sets_the_exit_code()
    {
        var failure = await FailureAsync(() => throw new InvalidOperationException("boom"));

        failure.Message.Should().StartWith("Running program '").And
            .Contain("failed with an unhandled exception:").And.Contain("System.InvalidOperationException: boom");
        failure.InnerException.Should().BeNull();
        Environment.ExitCode.Should().Be(32);
    }

    [Fact]
    public async Task A_run_exception_is_told_as_its_message_alone() =>
        (await FailureAsync(() => throw new RunException("friendly"))).Message.Should().Be("friendly");

    [Fact]
    public async Task A_resource_exception_may_hide_its_stack() =>
        (await FailureAsync(() => throw new ResourceException("friendly", null, hideStack: true))).Message.Should().Be("friendly");

    [Fact]
    public async Task An_exception_in_an_apply_is_told_though_nobody_reads_it()
    {
        var failure = await FailureAsync(() => _ = Output.Create(1).Apply(Boom));

        failure.Message.Should().Contain("boom");
    }

    [Fact]
    public async Task An_exception_is_told_once_however_many_depend_on_it()
    {
        var failure = await FailureAsync(() =>
        {
            var boom = Output.Create(1).Apply(Boom);
            _ = boom.Apply(x => x + 1).Apply(x => x + 1);
        });

        failure.Message.Should().Contain("boom");
    }

    [Fact]
    public async Task A_run_exception_in_an_apply_that_is_no_input_is_told_as_its_message_alone() =>
        (await FailureAsync(() => _ = Output.Create(1).Apply(Friendly))).Message.Should().Be("friendly");

    [Fact]
    public async Task The_first_failure_ends_the_run_though_something_never_ends()
    {
        var unending = new TaskCompletionSource<string>();

        var failure = await FailureAsync(() =>
        {
            var thing = new Thing("thing", new() { Name = Output.Create(unending.Task) });
            _ = new Thing("other", new() { Name = thing.Name });
            _ = Output.Create(1).Apply(Friendly);
        });

        failure.Message.Should().Be("friendly");
    }

    [Fact]
    public async Task An_exception_in_a_stack_output_is_told()
    {
        var failure = await Record.ExceptionAsync(() => Deployment.TestAsync<FailingStack>(new EchoMocks()));

        // Bare, or with the output's name, or both: the output itself and its registration fail side by side.
        var result = failure is AggregateException several ? several.InnerExceptions.ToArray() : [failure!];
        result.Should().AllBeOfType<RunException>();
        result.Select(each => each.Message).Should().Contain(message => message.Contains("boom 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_logged_error_fails_the_run()
    {
        var failure = await FailureAsync(() => Log.Error("one"));

        failure.Message.Should().Be("one");
    }

    [Fact]
    public async Task Several_logged_errors_come_together()
    {
        var act = () => Deployment.TestAsync(new EchoMocks(), new(), () =>
        {
            Log.Error("one");
            Log.Error("two");
        });

        var failure = (await act.Should().ThrowAsync<AggregateException>()).Which;
        failure.InnerExceptions.Should().AllBeOfType<RunException>();
        failure.InnerExceptions.Select(inner => inner.Message).Should().BeEquivalentTo("one", "two");
    }

    [Fact]
    public async Task Other_log_messages_are_dropped()
    {
        Thing? thing = null;

        await Deployment.TestAsync(new EchoMocks(), new(), () =>
        {
            Log.Debug("debug");
            Log.Info("info");
            Log.Warn("warning");
            thing = new("thing");
        });

        (await OutputUtilities.GetValueAsync(thing!.Name)).Should().Be("thing", "a run in which something was only logged continues to its end");
    }

    [Fact]
    public async Task An_exception_in_a_mock_is_told()
    {
        var mocks = new EchoMocks { Answer = _ => throw new InvalidOperationException("unexpected type") };

        var act = () => Deployment.TestAsync(mocks, new(), () => { _ = new Thing("thing"); });

        (await act.Should().ThrowAsync<RunException>()).Which.Message.Should().Contain("unexpected type");
    }

    [Fact]
    public async Task A_required_input_must_be_given()
    {
        var failure = await FailureAsync(() => _ = new Thing("thing", new()));

        failure.Message.Should().Contain(
            "ArgumentNullException: [Input] Infra.Tests.Sdk.ThingArgs.Name is required but was not given a value");
    }

    [Fact]
    public async Task A_required_input_of_a_part_must_be_given()
    {
        var failure = await FailureAsync(() => _ = new Thing("thing", new() { Name = "n", Parts = { new ThingPartArgs() } }));

        failure.Message.Should().Contain("[Input] Infra.Tests.Sdk.ThingPartArgs.Label is required but was not given a value");
    }

    [Fact]
    public async Task A_sound_run_follows_a_failed_one()
    {
        await FailureAsync(() => throw new InvalidOperationException("boom"));

        Thing? thing = null;
        await Deployment.TestAsync(new EchoMocks(), new(), () => { thing = new("thing"); });

        (await OutputUtilities.GetValueAsync(thing!.Name)).Should().Be("thing");
    }

    private static async Task<RunException> FailureAsync(Action program)
    {
        var act = () => Deployment.TestAsync(new EchoMocks(), new(), program);
        return (await act.Should().ThrowAsync<RunException>()).Which;
    }

    private static int Boom(int value) => throw new InvalidOperationException($"boom {value}");

    private static int Friendly(int value) => throw new RunException("friendly");

    private sealed class FailingStack : Stack
    {
        public FailingStack() => Number = Output.Create(1).Apply(Boom);

        [Output]
        public Output<int> Number { get; private set; }
    }
}
