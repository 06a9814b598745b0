using Infra.Model;
using Infra.Targets.Compose;

namespace Infra.Tests.Targets.Compose;

public sealed class ComposeParityTests
{
    // What rules, diagrams, verbs and our own steps ask for; no engine has a word for it.
    private static readonly string[] NotForAnEngine =
    [
        nameof(ServiceSpec.Kind),
        nameof(ServiceSpec.Role),
        nameof(ServiceSpec.Endpoint),
        nameof(ServiceSpec.Externals),
        nameof(ServiceSpec.Metrics),
        nameof(ServiceSpec.Routes),
        nameof(ServiceSpec.Upstreams),
        nameof(ServiceSpec.Backup),
        nameof(ServiceSpec.PasswordChange),
        nameof(ServiceSpec.CommandPrefix),
        nameof(ServiceSpec.Public),
        nameof(ServiceSpec.VolumeOpener),
        nameof(ServiceSpec.StatePaths),
    ];

    public static TheoryData<string> Properties => [.. typeof(ServiceSpec).GetProperties()
        .Where(property => property.SetMethod is { IsPublic: true }).Select(property => property.Name).Except(NotForAnEngine)];

    [Theory, MemberData(nameof(Properties))]
    public void Is_carried_refused_or_waived(string property)
    {
        Mutations.Of.Should().ContainKey(property, "each property of a service has another value to try here");

        var before = Samples.Only([Mutations.Base, .. Mutations.Others]);
        var after = Samples.Only([Mutations.Of[property](Mutations.Base), .. Mutations.Others]);

        (Seen(after) == Seen(before)).Should().BeFalse("{0} is dropped in silence", property);
    }

    [Fact]
    public void Nothing_is_found_in_a_service_that_compose_can_say()
        => ComposeTarget.Review(Samples.Only([Mutations.Base, .. Mutations.Others])).Should().BeEmpty();

    private static string Seen(Topology topology)
        => ComposeWriter.Write(topology, new ComposeOptions()) + string.Join('\n', ComposeTarget.Review(topology));
}
