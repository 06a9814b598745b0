using Infra.Tests.Support;
using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>No Celery, and a managed Postgres: elsewhere, over TLS, held to its provider's certificates.</summary>
[Collection(ElsewhereCollection.Name)]
public sealed class ElsewhereTests(ElsewhereStack stack, ITestOutputHelper output) : SetupTest<ElsewhereStack>(stack, output, "web", "backup")
{
    [EndToEndFact]
    public async Task What_web_writes_it_reads_again_over_TLS()
    {
        var id = (await Stack.PostAsync("/notes", new { text = "kept elsewhere" }))["id"]!;

        (await Stack.GetAsync($"/notes/{id}")).Should().Be("""{"text":"kept elsewhere"}""");
        (await Stack.GetAsync("/ready")).Should().Be("""{"postgres":"TLSv1.3"}""");
    }

    [EndToEndFact]
    public async Task Web_is_not_ready_while_the_database_is_away()
    {
        await Stack.Database.AwayAsync(async () =>
        {
            await Stack.SeesAsync("/ready", "couldn't get a connection", "web");
            await Project.IsAsync("web", "unhealthy", seconds: 60);
            (await Project.InfraAsync("status", Project.Stack, "--deps")).Output.Should().Contain("refused");
        });

        await Project.IsAsync("web", "healthy", seconds: 60);
    }

    [EndToEndFact]
    public async Task Each_service_that_needs_it_reaches_it() =>
        (await InfraAsync("status", "--deps"))
            .Split('\n')
            .Where(line => line.Contains(" postgres ", StringComparison.Ordinal) && line.Contains("TLSv1.3", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])
            .Should()
            .BeEquivalentTo("web", "backup");

    [EndToEndFact]
    public async Task It_is_dumped_as_its_own_user()
    {
        await Stack.PostAsync("/notes", new { text = "worth a dump" });

        await InfraAsync("exec", "backup", "--", "sh", "/run/configs/backup.sh", "take");

        (await InfraAsync("exec", "backup", "--", "sh", "-c", "for dump in /var/lib/postgresql/data/2*/*.dump; do pg_restore --file=- $dump; done"))
            .Should()
            .Contain("worth a dump");
        (await InfraAsync("backup", "--list")).Should().MatchRegex(@"^service:\d+T\d+Z  \d+ bytes  postgres-roles, postgres \(\d+ rows?\)");
    }

    [EndToEndFact]
    public async Task Another_authority_than_the_one_that_signed_is_an_error_that_says_so()
    {
        Stack.Trust(new Authority("Another"));
        CommandResult up, dependencies;
        try
        {
            up = await Project.InfraAsync("up", Project.Stack);
            dependencies = await Project.InfraAsync("status", Project.Stack, "--deps");
        }
        finally
        {
            Stack.Trust();
            await Project.UpAsync();
        }

        up.ExitCode.Should().Be(1, up.ToString());
        up.Error.Should().Contain("certificate verify failed");
        dependencies.ExitCode.Should().Be(1, dependencies.ToString());
        dependencies.Output.Should().MatchRegex("backup +postgres .* certificate verify failed");
        (await Stack.GetAsync("/ready")).Should().Be("""{"postgres":"TLSv1.3"}""");
    }
}
