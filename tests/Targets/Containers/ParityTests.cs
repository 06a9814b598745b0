using System.Collections.Immutable;
using System.Reflection;
using Infra.Model;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using static Infra.Tests.Targets.Containers.Host;

namespace Infra.Tests.Targets.Containers;

/// <summary>No property of a spec is dropped in silence: it reaches the engine, is refused, or is waived.</summary>
public sealed class ParityTests
{
    private static readonly ServiceSpec First = AnyService.Named("first");

    public static TheoryData<string> Properties =>
        [
            .. typeof(ServiceSpec)
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(property => property.Name)
                .Except(Mutations.Descriptive),
        ];

    [Theory, MemberData(nameof(Properties))]
    public async Task Is_carried_refused_or_waived(string property)
    {
        Mutations.All.Should().ContainKey(property, "a new property needs a mutation here, and an answer in the target");
        var after = Mutations.All[property](Mutations.Before);

        var carried = await SeenAsync(after) != await SeenAsync(Mutations.Before);
        var answered = !ContainerTarget.Review(new Topology(Shop, [First, after])).IsEmpty;

        (carried || answered).Should().BeTrue("{0} would be dropped in silence", property);
    }

    [Fact]
    public void What_only_describes_a_service_is_still_there()
        => typeof(ServiceSpec).GetProperties().Select(property => property.Name).Should().Contain(Mutations.Descriptive);

    [Fact]
    public void A_service_that_asks_for_nothing_special_has_no_findings()
        => ContainerTarget.Review(new Topology(Shop, [Mutations.Before])).Should().BeEmpty();

    private static async Task<string> SeenAsync(ServiceSpec spec)
    {
        var mocks = new RecordingMocks();
        var run = await RunAsync(mocks, null, First, spec);
        var inputs = mocks
            .Inputs.OrderBy(resource => resource.Key)
            .Select(resource => $"{resource.Key} {Provider.Text(WithoutFingerprint(resource.Value))}");
        return string.Join(
            '\n',
            [
                .. inputs,
                .. await run
                    .Containers.Last(container =>
                        container.Name.StartsWith(spec.Name, StringComparison.Ordinal) && !container.Name.EndsWith("-files", StringComparison.Ordinal)
                    )
                    .DependsOnAsync(),
            ]
        );
    }

    // The fingerprint changes with properties that are dropped, too: it proves nothing.
    private static ImmutableDictionary<string, object> WithoutFingerprint(ImmutableDictionary<string, object> inputs) =>
        !inputs.TryGetValue("labels", out var labels)
            ? inputs
            : inputs.SetItem(
                "labels",
                ((ImmutableArray<object>)labels).RemoveAll(label =>
                    (string)((ImmutableDictionary<string, object>)label)["label"] == Labels.Fingerprint
                )
            );
}
