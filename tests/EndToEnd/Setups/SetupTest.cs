using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>A test on such an application.</summary>
/// <param name="stack">It.</param>
/// <param name="output">Where its time is shown.</param>
/// <param name="services">All of its services.</param>
public abstract class SetupTest<TStack>(TStack stack, ITestOutputHelper output, params string[] services) : LiveTest<TStack>(stack)
    where TStack : SetupStack
{
    [EndToEndFact]
    public async Task What_is_named_comes_up_from_nothing_and_nothing_else()
    {
        await AllAreHealthyAsync(services);
        output.WriteLine(FormattableString.Invariant($"{Stack.Name}: {services.Length} services, all healthy after {Stack.Took.TotalSeconds:0.0} s"));
    }

    [EndToEndFact]
    public async Task Check_finds_nothing() => (await InfraAsync("check")).Should().Contain("0 errors, 0 warnings");

    /// <summary>Runs a command on the stack, which must succeed.</summary>
    /// <returns>What it said.</returns>
    internal async Task<string> InfraAsync(string verb, params string[] arguments)
    {
        CommandResult result = await Project.InfraAsync([verb, Project.Stack, .. arguments]);
        result.ExitCode.Should().Be(0, $"'{verb}' must work:\n{result}");
        return result.Output;
    }
}
