namespace Infra.Tests.EndToEnd.Systems;

[Collection(MarketplaceCollection.Name)]
public sealed class MarketplaceLiveTests(MarketplaceStack stack) : LiveTest<MarketplaceStack>(stack)
{
    private const string Near = "/shops/near?longitude=-70.25&latitude=4.5";

    [EndToEndFact]
    public async Task D1_a_shop_with_a_place_is_kept_and_found_by_its_distance()
    {
        await AllAreHealthyAsync("web", "celery", "celery-beat", "postgres", "redis", "localstack");
        await Stack.PostAsync("/shops", new { name = "near", longitude = -74.07, latitude = 4.71 });
        await Stack.PostAsync("/shops", new { name = "far", longitude = -75.56, latitude = 6.25 });

        var found = System.Text.Json.Nodes.JsonNode.Parse(await Stack.GetAsync("/shops/near?longitude=-74.08&latitude=4.71"))!["shops"]!.AsArray();

        found.Select(shop => shop!["name"]!.GetValue<string>()).Should().Equal("near", "far");
        found[0]!["metres"]!.GetValue<int>().Should().BeInRange(1_100, 1_115, "a hundredth of a degree of longitude, on the ellipsoid");
    }

    [EndToEndFact]
    public async Task D1_a_promotion_goes_through_SNS_to_SQS_and_comes_back()
    {
        await Stack.PostAsync("/promos", new { text = "two for one" });

        await Stack.SeesAsync("/promos", "two for one", "celery", seconds: 60);
    }

    [EndToEndFact]
    public async Task D4_the_documents_names_reach_the_processes_and_no_inspection_shows_the_secrets()
    {
        var secret = Project.Secret("postgres-password");
        foreach (var name in new[] { "web", "celery", "celery-beat" })
        {
            var environment = (await Engine.AskAsync("exec", Project.Container(name), "cat", "/proc/1/environ")).Split('\0');

            environment
                .Should()
                .Contain($"POSTGRES_PASSWORD={secret}")
                .And.Contain(variable => variable.StartsWith("CELERY_BROKER_URL=redis://", StringComparison.Ordinal));
            (await Engine.InspectAsync(Project.Container(name))).ToJsonString().Should().NotContain(secret);
        }
    }

    [EndToEndFact]
    public void D5_web_and_Celery_start_after_all_three()
    {
        foreach (var store in new[] { "postgres", "redis", "localstack" })
            foreach (var service in new[] { "web", "celery", "celery-beat" })
                Stack.CameBefore(store, service);
    }

    [EndToEndFact]
    public async Task D8_shops_that_were_lost_are_restored_with_their_places()
    {
        await Stack.PostAsync("/shops", new { name = "remembered", longitude = -70.25, latitude = 4.5 });
        await SucceedAsync("backup", Project.Stack, "postgres");
        await SqlAsync("DELETE FROM shops_shop");
        (await Stack.GetAsync(Near)).Should().Be("{\"shops\": []}");

        await SucceedAsync("restore", Project.Stack, "newest", "postgres", "--yes");

        (await Stack.GetAsync(Near)).Should().Contain("{\"name\": \"remembered\", \"metres\": 0}");
        await SqlAsync("DELETE FROM shops_shop WHERE name = 'remembered'");
    }

    [EndToEndFact]
    public async Task D10_a_network_that_was_removed_by_hand_is_recreated()
    {
        var network = Project.Container("app-network");
        await Engine.AskAsync(["stop", .. (await Project.ServicesAsync()).Values.Select(service => service.Id)]);
        await Engine.AskAsync("network", "rm", network);

        await Project.UpAsync();

        var id = await Engine.AskAsync("network", "inspect", "--format", "{{.Id}}", network);
        foreach (var service in (await Project.ServicesAsync()).Values)
            (await Engine.InspectAsync(service.Id))["NetworkSettings"]!["Networks"]![network]!["NetworkID"]!
                .GetValue<string>()
                .Should()
                .Be(id, service.Name);
        await AllAreHealthyAsync("web", "celery", "celery-beat", "postgres", "redis", "localstack");
        (await Stack.GetAsync(Near)).Should().StartWith("{\"shops\": [");
    }

    [EndToEndFact]
    public async Task D7_an_edit_of_the_source_is_live()
    {
        var path = Project.PathOf("samples", "marketplace", "shops", "views.py");
        var text = await File.ReadAllTextAsync(path);
        text.Should().Contain("{\"status\": \"ok\"}");

        await File.WriteAllTextAsync(path, text.Replace("{\"status\": \"ok\"}", "{\"status\": \"edited\"}", StringComparison.Ordinal));

        await Stack.SeesAsync("/health", "edited", "web");
    }

    private async Task SucceedAsync(params string[] arguments)
    {
        CommandResult result = await Project.InfraAsync(arguments);
        result.ExitCode.Should().Be(0, result.ToString());
    }

    private Task SqlAsync(string statement) => SucceedAsync("exec", Project.Stack, "postgres", "--", "psql", "-U", "marketplace", "-qc", statement);
}
