using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Compose;
using Infra.Targets.Containers;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>The repository's own stacks, gathered once each from both sources of images.</summary>
public sealed class OwnStacks : IAsyncLifetime
{
    private readonly Dictionary<(string Stack, ImageSource Images), Topology> gathered = [];

    public Topology this[string stack, ImageSource images = ImageSource.Registry] => gathered[(stack, images)];

    public async Task InitializeAsync()
    {
        var workspace = new Workspace(Repository.Root);
        foreach (var stack in new[] { "dev", "prod" })
            foreach (var images in new[] { ImageSource.Registry, ImageSource.Debian })
                gathered[(stack, images)] = await StackFactory.GatherAsync(StackLoader.Read(workspace, stack, "shop").Settings, images);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

public sealed class EveryStackTests(OwnStacks stacks) : IClassFixture<OwnStacks>
{
    public static TheoryData<string, ImageSource, string> StacksAndRules
    {
        get
        {
            var data = new TheoryData<string, ImageSource, string>();
            foreach (var stack in new[] { "dev", "prod" })
                foreach (var images in new[] { ImageSource.Registry, ImageSource.Debian })
                    foreach (var rule in AllRules.List) data.Add(stack, images, rule.Id);
            return data;
        }
    }

    [Theory, MemberData(nameof(StacksAndRules))]
    public void Holds(string stack, ImageSource images, string rule)
        => AllRules.List.Single(each => each.Id == rule).Check(stacks[stack, images]).Should().BeEmpty();

    [Theory]
    [InlineData("dev", "postgres", "redis", "rabbitmq", "web", "worker", "beat")]
    [InlineData("prod", "postgres", "redis", "rabbitmq", "migrations", "web", "worker", "beat", "proxy", "backup",
        "celery-metrics", "postgres-exporter", "redis-exporter", "node-exporter", "alertmanager", "prometheus", "grafana")]
    public void Runs_these_services(string stack, params string[] services)
        => stacks[stack].Services.Select(service => service.Name).Should().Equal(services);

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public async Task A_migration_that_is_set_completes_before_the_application_starts(string environment)
    {
        var topology = await StackFactory.GatherAsync(
            SettingsOf.Text(
                $"config:\n  infra:environment: {environment}\n  infra:services: {{migrations: {{kind: step, command: python3 manage.py migrate}}}}\n"
            )
        );

        topology.Find("migrations")!.Command.Should().Equal("python3", "manage.py", "migrate");
        topology.Find("migrations")!.WaitsFor.Should().Contain(new Wait("postgres"));
        foreach (var name in new[] { "web", "worker", "beat" })
            topology.Find(name)!.WaitsFor.Should().Contain(new Wait("migrations", WaitCondition.Completed), name);
        ComposeTarget.Review(topology).Should().BeEmpty();
    }

    [Theory]
    [InlineData("dev", ImageSource.Registry)]
    [InlineData("dev", ImageSource.Debian)]
    [InlineData("prod", ImageSource.Registry)]
    [InlineData("prod", ImageSource.Debian)]
    public void No_target_refuses_or_loses_anything(string stack, ImageSource images)
    {
        ComposeTarget.Review(stacks[stack, images]).Should().BeEmpty();
        ContainerTarget.Review(stacks[stack, images]).Should().OnlyContain(finding => finding.Severity == Severity.Warning);
    }

    [Fact]
    public void Development_reloads_code_that_is_mounted()
    {
        foreach (var service in App("dev"))
        {
            service.Mounts.OfType<BindMount>().Should().Equal(new BindMount("app/src", "/app/src", ReadOnly: true));
            string.Join(' ', service.Command).Should().ContainAny("reload.py");
            service.ReadOnly.Should().BeFalse();
        }
    }

    [Fact]
    public void Production_runs_the_images_own_code_and_writes_nothing()
    {
        foreach (var service in App("prod"))
        {
            service.Mounts.OfType<BindMount>().Should().BeEmpty();
            string.Join(' ', service.Command).Should().NotContainAny("reload.py");
            service.Watch.Should().BeEmpty();
            service.ReadOnly.Should().BeTrue();
        }
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Debian_changes_the_images_and_where_Postgres_keeps_its_data_and_nothing_else(string stack)
    {
        var registry = stacks[stack].Services.Where(service => service.Kind != Grafana.Kind).ToImmutableArray();
        var debian = stacks[stack, ImageSource.Debian].Services;

        debian.Select(service => service.Image).Should().AllBeOfType<BuiltImage>();
        registry.Where(service => service.Image is PinnedImage).Should().HaveCountGreaterOrEqualTo(3);
        Written(stack, [.. debian.Zip(registry, (mine, theirs) => mine with { Image = theirs.Image, Watch = theirs.Watch })])
            .Replace(PostgresLayout.Child, PostgresLayout.Parent, StringComparison.Ordinal).Should().Be(Written(stack, registry));
    }

    [Fact]
    public void Development_is_written_as_it_was_accepted()
        => Snapshot.Match(ComposeWriter.Write(stacks["dev"], ComposeProject.OptionsOf("dev")), "DevStack", "yaml");

    [Fact]
    public void Production_is_written_as_it_was_accepted()
        => Snapshot.Match(ComposeWriter.Write(stacks["prod"], ComposeProject.OptionsOf("prod")), "ProdStack", "yaml");

    [Theory]
    [InlineData("dev", "DevStack")]
    [InlineData("prod", "ProdStack")]
    public void Is_drawn_as_it_was_accepted(string stack, string name)
        => Snapshot.Match(Infra.Targets.Diagrams.MermaidWriter.Write(stacks[stack]), name, "mmd");

    private string Written(string stack, ImmutableArray<ServiceSpec> services)
        => ComposeWriter.Write(stacks[stack] with { Services = services }, ComposeProject.OptionsOf(stack));

    private IEnumerable<ServiceSpec> App(string stack)
        => stacks[stack].Services.Where(service => service.Kind is Web.Kind or Worker.Kind or Beat.Kind);
}
