using Infra.Components;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Running;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class BrokerUpgradeTests
{
    private readonly FakeShell shell = FakeShell.WithEngine();

    [Theory]
    [InlineData("4.0.9", "4.2.9")]
    [InlineData("4.1.4", "4.2.9")]
    [InlineData("4.2.1", "4.3.5")]
    [InlineData("4.3.0", "4.3.5")]
    public async Task Steps_that_RabbitMQ_can_take_are_taken(string last, string next)
        => await this.Awaiting(test => test.RequireAsync($"rabbitmq:{last}-management-alpine", next)).Should().NotThrowAsync();

    [Fact]
    public async Task The_newest_follows_the_one_before_it_alone() =>
        (
            await this.Awaiting(test => test.RequireAsync("rabbitmq:4.1.4-management-alpine", "4.3.5")).Should().ThrowAsync<UserErrorException>()
        ).WithMessage(
            "rabbitmq: RabbitMQ 4.3 upgrades data of 4.2 only, and the volume 'shop-dev-rabbitmq' is 4.1's. "
            + "Set an image of 4.2 for it in Pulumi.dev.yaml, run './infra.sh up dev', then set this one again.");

    [Fact]
    public async Task None_goes_back() =>
        (
            await this.Awaiting(test => test.RequireAsync("ghcr.io/acme/rabbitmq:4.2.9", "4.1.8")).Should().ThrowAsync<UserErrorException>()
        ).WithMessage("rabbitmq: RabbitMQ 4.1 cannot start on what 4.2 wrote. Set an image of 4.2 or later for it in Pulumi.dev.yaml.");

    [Theory]
    [InlineData("shop-dev-rabbitmq", true)]
    [InlineData("", false)]
    public async Task A_volume_of_an_unknown_release_is_not_given_to_the_newest(string volumes, bool isRefused)
    {
        shell.On("docker volume ls --quiet", volumes + "\n");

        var require = this.Awaiting(test => test.RequireAsync("", "4.3.5"));

        if (isRefused)
            await require.Should()
                .ThrowAsync<UserErrorException>()
                .WithMessage("*it is not known which release wrote the volume 'shop-dev-rabbitmq'*");
        else
            await require.Should().NotThrowAsync();
    }

    private Task RequireAsync(string existing, string next)
    {
        shell.On("docker ps --all --filter volume=shop-dev-rabbitmq --format", existing + "\n");
        var broker = RabbitMq.Describe(
            "rabbitmq",
            new() { Password = new Secret("pw"), Image = new PinnedImage("rabbitmq", $"{next}-management-alpine") }
        );
        return BrokerUpgrade.RequireAsync(new Docker(shell), SmallStack.Dev(broker).Topology, CancellationToken.None);
    }
}
