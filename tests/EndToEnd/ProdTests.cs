using System.Security.Cryptography;

namespace Infra.Tests.EndToEnd;

public sealed class ProdTests(DevStack stack) : EndToEndTest(stack)
{
    private static readonly string[] Secrets = ["postgres-password", "rabbitmq-password", "redis-password"];

    [EndToEndFact]
    public async Task Production_names_all_missing_secrets_at_once_and_runs_read_only_once_they_are_given()
    {
        await using var project = Project.Make("prod");

        var refused = await project.InfraAsync("up", "prod");

        refused.ExitCode.Should().Be(2, refused.ToString());
        refused.Error.Should().ContainAll(Secrets.Select(name => $".secrets/prod/{name}: The secret is missing"));
        (await project.ObjectsAsync()).Should().BeEmpty();

        Directory.CreateDirectory(project.PathOf(".secrets", "prod"));
        foreach (var name in Secrets) await File.WriteAllTextAsync(project.PathOf(".secrets", "prod", name), RandomNumberGenerator.GetHexString(32));
        await project.UpAsync();

        var services = await project.ServicesAsync();
        services.Should().HaveCount(DevStack.Services.Count).And.OnlyContain(service => service.Value.State == "healthy");
        foreach (var name in new[] { "web", "worker", "beat" })
        {
            var container = await Engine.InspectAsync(services[name].Id);
            container["HostConfig"]!["ReadonlyRootfs"]!.GetValue<bool>().Should().BeTrue(name);
            container["Config"]!["User"]!.GetValue<string>().Should().NotBe("").And.NotBe("0").And.NotBe("root");
        }

        (await Engine.TryAsync("exec", project.Container("web"), "touch", "/app/mine")).Error.Should().Contain("Read-only file system");
        var shop = new Shop(project.WebPort);
        await shop.FulfilledAsync(await shop.OrderAsync("a vault"), () => project.LogsAsync("worker"));
    }
}
