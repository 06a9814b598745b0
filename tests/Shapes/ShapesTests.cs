using System.Collections.Immutable;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Operations.ComposeEngine;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Compose;
using Infra.Targets.Containers;
using Infra.Tests.Stacks;
using Infra.Tests.Support;
using Pulumi;
using Pulumi.Testing;

namespace Infra.Tests.Shapes;

/// <summary>Twelve public applications, each of which a settings file alone describes: what runs, no more, and nothing wrong with it.</summary>
public sealed class ShapesTests : IDisposable
{
    // What the application itself has, by kinds; and behind the stroke what the product adds.
    private static readonly ImmutableSortedDictionary<string, string> Services = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["authentik"] = "postgresql:postgres redis:redis server:web worker:process | backup",
        ["baserow"] =
            "db:postgres redis:redis volume-permissions-fixer:container backend:web celery:process celery-export-worker:process "
            + "celery-beat-worker:beat web-frontend:container caddy:container | backup",
        ["cookiecutter-django"] =
            "postgres:postgres redis:redis migrations:step tailwind:step django:web celeryworker:worker celerybeat:beat flower:flower "
            + "| proxy backup",
        ["defectdojo"] =
            "postgres:postgres rabbitmq:rabbitmq initializer:step uwsgi:web celeryworker:worker celerybeat:beat nginx:container | backup",
        ["fastapi-boilerplate"] = "db:postgres redis:redis web:web worker:process create_superuser:step |",
        ["full-stack-fastapi-template"] = "db:postgres prestart:step backend:web frontend:container adminer:container | proxy backup",
        ["netbox-docker"] =
            "postgres:postgres redis:valkey redis-cache:valkey netbox:web netbox-worker:process netbox-housekeeping:process | backup",
        ["paperless-ngx"] = "db:postgres broker:redis gotenberg:container tika:container webserver:web | backup",
        ["redash"] =
            "postgres:postgres redis:redis create_db:step server:web scheduler:process scheduled_worker:process adhoc_worker:process worker:process "
            + "| proxy backup",
        ["saleor-platform"] = "db:postgres redis:redis jaeger:container mailpit:container dashboard:container api:web worker:worker | backup",
        ["taiga-docker"] =
            "taiga-db:postgres taiga-async-rabbitmq:rabbitmq taiga-events-rabbitmq:rabbitmq taiga-back:web taiga-async:process "
            + "taiga-events:container taiga-protected:container taiga-front:container taiga-gateway:container | backup",
        ["wger"] = "db:postgres cache:redis web:web celery_worker:worker celery_beat:beat | proxy backup",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private readonly string folder = Directory.CreateTempSubdirectory("shapes").FullName;

    public static TheoryData<string> Names => [.. Services.Keys];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(Names))]
    public async Task Runs_what_the_original_runs_and_nothing_else(string name)
    {
        var shape = await Shape.OfAsync(name);
        var (own, added) = Services[name].Split('|') is [var first, var second] ? (Words(first), Words(second)) : ([], []);

        shape.Settings.Services.Select(service => $"{service.Name}:{service.Kind.Name}").Should().BeEquivalentTo(own);
        shape.Topology.Services.Select(service => service.Name).Should().BeEquivalentTo([.. own.Select(each => each.Split(':')[0]), .. added]);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Has_nothing_that_check_calls_an_error_but_what_is_waived(string name)
    {
        var shape = await Shape.OfAsync(name);

        shape.Findings.Where(finding => finding.Severity == Severity.Error || finding.Rule == Waivers.Rule).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Is_what_the_original_must_be_able_to_say(string name)
    {
        var shape = await Shape.OfAsync(name);
        var facts = shape.Topology.Services.SelectMany(Facts.Of).ToHashSet(StringComparer.Ordinal);

        shape.Expected.Should().NotBeEmpty();
        shape.Expected.Where(line => !facts.Contains(line)).Select(line => $"{line} — but {Nearest(line, facts)}").Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Is_the_same_to_Pulumi(string name)
    {
        var shape = await Shape.OfAsync(name);
        var mocks = new RecordingMocks();
        var host = new ContainerHost(shape.Settings.Naming, new FakeSecrets());
        await Deployment.TestWithServiceProviderAsync<Stack>(mocks,
            StackFactory.Provider(() => StackFactory.Make(host, shape.Settings, ImageSource.Registry)),
            new TestOptions { ProjectName = name, StackName = name, RootDirectory = StackRun.Root, IsPreview = false });
        var run = new RegisteredStack(shape.Settings, shape.Topology, mocks.Inputs);

        shape.Topology.Services.SelectMany(service => RegisteredContainersTests.Differences(service, run)).Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Loses_nothing_on_any_target(string name)
    {
        var shape = await Shape.OfAsync(name);

        ComposeTarget.Review(shape.Topology).Should().BeEmpty();
        ContainerTarget.Review(shape.Topology).Should().OnlyContain(finding => finding.Severity == Severity.Warning);
    }

    [ComposeFact]
    public async Task Is_accepted_by_Compose()
    {
        foreach (var name in Services.Keys)
        {
            var file = Path.Combine(folder, name + ".yaml");
            await File.WriteAllTextAsync(file, ComposeWriter.Write((await Shape.OfAsync(name)).Topology, ComposeProject.OptionsOf(name)));

            var run = DockerCompose.Run("--file", file, "--profile", "*", "config", "--quiet");

            run.Error.Should().BeEmpty(name);
            run.ExitCode.Should().Be(0, name);
        }
    }

    private static string Nearest(string line, IEnumerable<string> facts)
        => facts.FirstOrDefault(fact => fact.Split(':')[0] == line.Split(':')[0]) ?? "nothing";

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
