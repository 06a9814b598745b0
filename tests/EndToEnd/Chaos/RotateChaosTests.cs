using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>A rotation that is killed: the next <c>up</c> makes one value hold everywhere, the one that is kept.</summary>
[Trait("Category", "Long")]
public sealed class RotateChaosTests(ChaosStack stack, ITestOutputHelper log) : ChaosTest(stack, log)
{
    private const int Kills = 3;

    [EndToEndTheory]
    [InlineData("postgres-password")]
    [InlineData("redis-password")]
    [InlineData("rabbitmq-password")]
    public async Task What_is_kept_is_what_holds_after_a_rotation_that_was_killed(string secret)
    {
        await Project.UpAsync();
        var span = await Stack.TimeAsync("rotate", "dev", secret);
        for (var number = 0; number < Kills; number++)
        {
            await Entrusted.AddAsync(Stack, $"{secret} {number}");
            var before = await Entrusted.OfAsync(Project);

            // Most of it is the 'up' at its end.
            var story = await KillAndConvergeAsync(number, number == 0 ? span / 4 : span, ["rotate", "dev", secret]);

            await LogsInAsync(secret, story);
            (await Entrusted.OfAsync(Project)).Should().Be(before, story);
            await OrderAsync($"{secret} {number}, again");
        }
    }

    private static string CheckLogin(string password)
        => $"{{ok, _}} = rabbit_access_control:check_user_login(<<\"app\">>, [{{password, <<\"{password}\">>}}]), in.";

    private async Task LogsInAsync(string secret, string story)
    {
        var value = Project.Secret(secret);
        string[] arguments = secret switch
        {
            "postgres-password" =>
                ["--env", $"PGPASSWORD={value}", Project.Container("postgres"), "psql", "-h", "postgres", "-U", "app", "-Atc", "SELECT 'in'"],
            "redis-password" => ["--env", $"REDISCLI_AUTH={value}", Project.Container("redis"), "redis-cli", "echo", "in"],
            _ => [Project.Container("rabbitmq"), "rabbitmqctl", "--quiet", "eval", CheckLogin(value)],
        };
        CommandResult result = await Engine.TryAsync(["exec", .. arguments]);
        result.Output.Trim().Should().Be("in", $"{result}\n{story}");
    }
}
