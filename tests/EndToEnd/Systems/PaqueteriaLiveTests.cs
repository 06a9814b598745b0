using Infra.Tests.EndToEnd.Prod;
using Infra.Tests.Support;

namespace Infra.Tests.EndToEnd.Systems;

[Collection(PaqueteriaCollection.Name)]
public sealed class PaqueteriaLiveTests(PaqueteriaStack stack) : LiveTest<PaqueteriaStack>(stack)
{
    private const string Listing = "find . -mindepth 1 -exec stat -c '%n %F %u:%g %a %s' {} + | sort; find . -type f -exec sha256sum {} + | sort";

    [EndToEndFact]
    public async Task E3_the_worker_writes_a_label_that_app_reads_from_their_volume()
    {
        var parcel = await Stack.PostAsync("/parcels", new { address = "Calle 1" });

        await Stack.SeesAsync($"/parcels/{parcel["id"]}/label", "Calle 1", "celery");
        (await Engine.AskAsync("exec", Project.Container("app"), "cat", "/app/logs/celery.log"))
            .Should()
            .Contain($"wrote the label of {parcel["id"]}");
    }

    [EndToEndFact]
    public async Task E2_what_was_uploaded_and_then_lost_is_restored_with_its_owner_and_mode()
    {
        await InAppAsync(
            "mkdir -m 750 'of a customer' && printf signed > 'of a customer/label of 1.txt' && "
                + "chmod 664 'of a customer/label of 1.txt' && printf hidden > .index && chmod 600 .index"
        );
        var before = await InAppAsync(Listing);
        before.Should().Contain("./of a customer/label of 1.txt").And.Contain("./.index");
        await SucceedAsync("backup", Project.Stack);
        await InAppAsync("find . -mindepth 1 -delete; printf later > 'a later one'");

        await SucceedAsync("restore", Project.Stack, "newest", "uploads_data", "--yes");

        (await InAppAsync(Listing)).Should().Be(before);
        (await Project.ServicesAsync()).Values.Should().OnlyContain(service => service.State == "healthy");
    }

    [EndToEndFact]
    public async Task E5_Prometheus_reaches_all_that_it_scrapes() =>
        await Eventually.SeesAsync(
            "every target up",
            TimeSpan.FromSeconds(40),
            async () => string.Join(", ", (await TargetsAsync()).Select(target => $"{target.Key}={target.Value}")),
            seen =>
                seen.Contains("app=up", StringComparison.Ordinal)
                && seen.Contains("node_exporter=up", StringComparison.Ordinal)
                && seen.Contains("celery-metrics=up", StringComparison.Ordinal)
                && !seen.Contains("down", StringComparison.Ordinal)
        );

    [EndToEndFact]
    public void E10_each_service_starts_after_what_it_needs()
    {
        Stack.CameBefore("redis", "app");
        Stack.CameBefore("app", "celery_worker");
        Stack.CameBefore("app", "celery_beat");
        Stack.CameBefore("celery_worker", "prometheus");
    }

    [EndToEndFact]
    public async Task E11_every_published_port_is_on_loopback_and_no_inspection_shows_a_secret()
    {
        var secret = Project.Secret("redis-password");
        var services = await Project.ServicesAsync();
        services.Should().ContainKeys("app", "prometheus", "node_exporter");
        foreach (var service in services.Values)
        {
            var container = await Engine.InspectAsync(service.Id);
            var bindings = container["HostConfig"]!["PortBindings"]!.AsObject().SelectMany(port => port.Value!.AsArray());
            bindings.Select(binding => binding!["HostIp"]!.GetValue<string>()).Should().NotContain(address => address != "127.0.0.1");
            container.ToJsonString().Should().NotContain(secret);
        }

        var file = Project.PathOf(".secrets", Project.Stack, "redis-password");
        (Modes.Of(Path.GetDirectoryName(file)!), Modes.Of(file)).Should().Be(("700", "600"), "'up' closes the folder, and containers read a copy");
    }

    private Task<string> InAppAsync(string script) =>
        Engine.AskAsync("exec", "--workdir", "/app/uploads", Project.Container("app"), "sh", "-euc", script);

    private async Task SucceedAsync(params string[] arguments)
    {
        CommandResult result = await Project.InfraAsync(arguments);
        result.ExitCode.Should().Be(0, result.ToString());
    }

    private Task<SortedDictionary<string, string>> TargetsAsync() => new Watch(Stack.PrometheusPort, 0).TargetsAsync();
}
