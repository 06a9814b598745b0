using Infra.Components;

namespace Infra.Tests.Components;

public sealed class AlertmanagerTests
{
    [Fact]
    public void Posts_to_nobody_unless_told()
        => Configuration(new()).Should().EndWith("""
            receivers:
              - name: people
              - name: dead-man

            """);

    [Fact]
    public void Reads_the_addresses_it_posts_to_from_files()
    {
        var args = new AlertmanagerArgs { Webhook = new("alert-webhook"), DeadMan = new("deadman-webhook") };

        Configuration(args).Should().EndWith("""
            receivers:
              - name: people
                webhook_configs:
                  - url_file: /run/secrets/alert-webhook
                    send_resolved: true
              - name: dead-man
                webhook_configs:
                  - url_file: /run/secrets/deadman-webhook
                    send_resolved: false

            """);
        Alertmanager.Describe("alertmanager", args).Files.Where(file => file.IsSecret).Select(file => file.Path)
            .Should().Equal("/run/secrets/alert-webhook", "/run/secrets/deadman-webhook");
    }

    private static string Configuration(AlertmanagerArgs args)
        => Alertmanager.Describe("alertmanager", args).Files.Single(file => file.Name == "alertmanager.yml").Content.ToString();
}
