using Infra.Model;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class MentionedServicesTests
{
    private const string Two = """
        config:
          infra:environment: dev
          infra:app:
            celery: shop.celery_app
            environment: { OWN: "{web.url}", HOST: "{search.host}", DATABASE: "{postgres.address}" }
          infra:services:
            postgres: {}
            search: { kind: container, image: "acme/search:1", containerPort: 9200, probe: { tcp: 9200 } }
            web: { command: serve, containerPort: 9000 }
            migrations: { kind: step, command: migrate }
            worker: {}

        """;

    [Fact]
    public async Task Processes_of_one_application_know_each_other_and_do_not_wait()
    {
        var topology = await StackFactory.GatherAsync(SettingsOf.Exactly(Two));

        foreach (var name in new[] { "web", "worker", "migrations" })
            topology.Find(name)!.Environment["OWN"].ToString().Should().Be("http://web:9000");
        Waits(topology, "web").Should().Equal("migrations", "postgres", "search");
        Waits(topology, "worker").Should().Equal("migrations", "postgres", "search");
    }

    [Fact]
    public async Task A_step_comes_before_the_processes_although_they_are_mentioned_to_it()
        => Waits(await StackFactory.GatherAsync(SettingsOf.Exactly(Two)), "migrations").Should().Equal("postgres", "search");

    [Fact]
    public async Task Steps_run_in_the_order_of_their_names_whatever_that_of_the_file_is()
    {
        var settings = SettingsOf.Exactly(Two.Replace("    worker: {}", "    assets: { kind: step, command: collect }", StringComparison.Ordinal));
        var topology = await StackFactory.GatherAsync(settings);

        Waits(topology, "migrations").Should().Contain("assets");
        Waits(topology, "assets").Should().NotContain("migrations");
    }

    [Fact]
    public async Task What_a_step_waits_for_comes_first_whatever_its_name_is()
    {
        var yaml = Two.Replace("    worker: {}", "    assets: { kind: step, command: collect, after: [migrations] }", StringComparison.Ordinal);
        var topology = await StackFactory.GatherAsync(SettingsOf.Exactly(yaml));

        Waits(topology, "assets").Should().Contain("migrations");
        Waits(topology, "migrations").Should().NotContain("assets");
    }

    [Fact]
    public async Task A_step_after_a_process_is_not_waited_for_by_it()
    {
        var yaml = Two.Replace(
            "migrations: { kind: step, command: migrate }",
            "migrations: { kind: step, command: migrate, after: [web] }",
            StringComparison.Ordinal
        );
        var topology = await StackFactory.GatherAsync(SettingsOf.Exactly(yaml));

        Waits(topology, "web").Should().NotContain("migrations");
        Waits(topology, "worker").Should().Contain("migrations");
    }

    private static IEnumerable<string> Waits(Topology topology, string name)
        => topology.Find(name)!.WaitsFor.Select(wait => wait.Service).Order(StringComparer.Ordinal);
}
