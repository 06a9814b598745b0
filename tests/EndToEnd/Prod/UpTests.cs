namespace Infra.Tests.EndToEnd.Prod;

public sealed class UpTests(ProdStack stack) : ProdTest(stack)
{
    [EndToEndFact]
    public void Without_secrets_it_names_all_that_are_missing_and_makes_nothing()
    {
        Stack.Refused.ExitCode.Should().Be(2, Stack.Refused.ToString());
        Stack.Secrets.Should().Contain(["postgres-password", "rabbitmq-password", "redis-password"]);
        Stack.MadeWhileRefused.Should().BeEmpty();
    }

    [EndToEndFact]
    public async Task Every_service_is_healthy_and_the_application_runs_on_a_read_only_root_as_nobody_special()
    {
        var services = await Project.ServicesAsync();
        services.Keys.Should().Contain(DevStack.Services);
        services.Values.Where(service => service.Name != "migrations").Should().OnlyContain(service => service.State == "healthy");
        services["migrations"].Should().BeEquivalentTo(new { State = "exited", ExitCode = 0 });
        foreach (var name in new[] { "web", "worker", "beat" })
        {
            var container = await Engine.InspectAsync(services[name].Id);
            container["HostConfig"]!["ReadonlyRootfs"]!.GetValue<bool>().Should().BeTrue(name);
            container["Config"]!["User"]!.GetValue<string>().Should().NotBe("").And.NotBe("0").And.NotBe("root");
        }

        (await Engine.TryAsync("exec", services["web"].Id, "touch", "/app/mine")).Error.Should().Contain("Read-only file system");
    }

    [EndToEndFact]
    public Task An_order_goes_in_over_HTTP_and_comes_back_through_the_worker() => OrderAndWaitAsync("a vault");
}
