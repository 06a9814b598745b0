using Infra.Model;
using Infra.Model.Rules;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Compose;
using Infra.Targets.Containers;
using Infra.Targets.Diagrams;
using Infra.Tests.Support;

namespace Infra.Tests.Systems;

public sealed class EverySystemTests(SystemStacks stacks) : IClassFixture<SystemStacks>
{
    // Every warning that is left, and the row that insists on what it warns of.
    private static readonly Dictionary<string, string[]> Insisted = new()
    {
        ["hexagonal"] = ["UNIQUE-NAMES celery_worker"],
        ["marketplace-prod"] = ["TARGET-COMPOSE web"],
        ["paqueteria"] = ["UNIQUE-NAMES celery_worker", "UNIQUE-NAMES celery_beat", "UNIQUE-NAMES node_exporter"],
    };

    // Pulumi has no watch mode, and its provider builds for one platform at a time.
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["hexagonal"] = "cannot copy changes",
        ["mikrom"] = "one platform at a time",
    };

    public static TheoryData<string, ImageSource> All
    {
        get
        {
            var data = new TheoryData<string, ImageSource>();
            foreach (var stack in SystemStacks.Names)
                foreach (var images in new[] { ImageSource.Registry, ImageSource.Debian }) data.Add(stack, images);
            return data;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Holds_to_the_rules_but_for_what_its_document_insists_on(string stack, ImageSource images)
    {
        var topology = stacks[stack, images];
        var findings = Review.Run(topology).AddRange(ComposeTarget.Review(topology));

        findings.Where(finding => finding.Severity == Severity.Error).Should().BeEmpty();
        findings.Select(finding => $"{finding.Rule} {finding.Where}").Should().BeSubsetOf(Insisted.GetValueOrDefault(stack, []));
    }

    [Theory, MemberData(nameof(All))]
    public void Pulumi_refuses_only_what_it_cannot_do(string stack, ImageSource images)
    {
        var refusals = ContainerTarget
            .Review(stacks[stack, images])
            .Where(finding => finding.Severity == Severity.Error)
            .Select(finding => finding.What)
            .ToList();

        if (Refused.TryGetValue(stack, out var refused)) refusals.Should().OnlyContain(what => what.Contains(refused, StringComparison.Ordinal));
        else refusals.Should().BeEmpty();
    }

    [Theory, MemberData(nameof(All))]
    public void Nothing_may_use_more_processors_than_a_small_machine_has(string stack, ImageSource images) =>
        stacks[stack, images]
            .Services.Should()
            .OnlyContain(service => service.Cpus!.Value.Millicores <= 2000, "the engine refuses more than there are");

    [Theory, MemberData(nameof(All))]
    public void Nothing_waits_for_what_is_not_there(string stack, ImageSource images)
    {
        var topology = stacks[stack, images];

        topology.Services.SelectMany(service => service.WaitsFor).Should().OnlyContain(wait => topology.Find(wait.Service) != null);
        if (images == ImageSource.Debian) topology.Services.Select(service => service.Image).Should().AllBeOfType<BuiltImage>();
    }

    [Theory]
    [InlineData("hexagonal", "")]
    [InlineData("mikrom", "flower")]
    [InlineData("creator-hub", "ollama chromadb")]
    [InlineData("marketplace", "")]
    [InlineData("marketplace-prod", "grafana")]
    [InlineData("paqueteria", "grafana")]
    public void Debian_leaves_out_what_it_does_not_package(string stack, string leftOut)
        => stacks[stack].Services.Select(service => service.Name).Except(stacks[stack, ImageSource.Debian].Services.Select(service => service.Name))
            .Should().Equal(leftOut.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("hexagonal", "Hexagonal")]
    [InlineData("mikrom", "Mikrom")]
    [InlineData("creator-hub", "CreatorHub")]
    [InlineData("marketplace", "Marketplace")]
    [InlineData("marketplace-prod", "MarketplaceProd")]
    [InlineData("paqueteria", "Paqueteria")]
    public void Is_written_and_drawn_as_it_was_accepted(string stack, string name)
    {
        Snapshot.Match(stacks.Compose(stack), name, "yaml");
        Snapshot.Match(MermaidWriter.Write(stacks[stack]), name, "mmd");
    }

    [Theory]
    [InlineData("hexagonal", "  infra:app: {celery: shop}\n")]
    [InlineData("mikrom", "  infra:app: {celery: shop}\n")]
    [InlineData("creator-hub", "")]
    [InlineData("marketplace", "  infra:app: {celery: shop}\n  infra:services: {web: {command: gunicorn shop}}\n")]
    [InlineData("paqueteria", "  infra:app: {celery: shop}\n")]
    public async Task Another_system_is_one_setting_away_but_for_the_name_of_its_Celery_application(string system, string app)
    {
        var settings = SettingsOf.Text($"config:\n  infra:environment: dev\n  infra:system: {system}\n{app}");

        var services = (await StackFactory.GatherAsync(settings)).Services.Select(service => service.Name);

        services.Should().BeSubsetOf(stacks[system].Services.Select(service => service.Name)).And.Contain(["redis"]);
    }

    [Fact]
    public void A_name_that_is_no_system_is_told()
        => SettingsOf.Problems("config:\n  infra:environment: dev\n  infra:system: mikron\n").Should()
            .Contain("infra:system: 'mikron' is not one of hexagonal, mikrom, creator-hub, marketplace, paqueteria.");
}
