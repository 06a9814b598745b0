using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using Pulumi;

namespace Infra.Tests.Components;

/// <summary>A component that gets another name, or another parent, by an alias: Pulumi finds what it knew, and nothing is recreated.</summary>
public sealed class RenameTests
{
    private const string Urn = "urn:pulumi:dev::shop::infra:components:Postgres::postgres";

    public static TheoryData<Func<string, ComponentResourceOptions>> Aliases =>
    [
        first => new() { Aliases = { new Alias { Name = first } } },
        first => new() { Aliases = { new Alias { Urn = Urn.Replace("::postgres", "::" + first, StringComparison.Ordinal) } } },
    ];

    [Theory, MemberData(nameof(Aliases))]
    public async Task Renaming_replaces_nothing(Func<string, ComponentResourceOptions> alias)
        => (await Update.BetweenAsync(await RunAsync(host => Make(host)), await RunAsync(host => Make(host, "renamed-", alias)))).Should().BeEmpty();

    [Fact]
    public async Task Moving_below_another_component_replaces_nothing() =>
        (await Update.BetweenAsync(await RunAsync(host => Make(host)), await RunAsync(host => Make(host, "", _ => Below(new Group())))))
            .Should()
            .BeEmpty();

    [Fact]
    public async Task Both_at_once_replace_nothing()
    {
        ComponentResourceOptions Both(string first, Group group) =>
            new()
            {
                Parent = group,
                Aliases =
                {
                    new Alias { Name = first, NoParent = true },
                },
            };

        var after = await RunAsync(host =>
        {
            var group = new Group();
            Make(host, "new-", first => Both(first, group));
        });

        (await Update.BetweenAsync(await RunAsync(host => Make(host)), after)).Should().BeEmpty();
    }

    [Fact]
    public async Task Without_an_alias_it_is_another_service() =>
        (await Update.BetweenAsync(await RunAsync(host => Make(host)), await RunAsync(host => Make(host, "new-", _ => new()))))
            .Should()
            .Contain("create container new-postgres");

    [Fact]
    public async Task The_component_itself_has_its_new_name()
        => (await RunAsync(host => Make(host, "new-", first => new() { Aliases = { new Alias { Name = first } } }))).All
            .Where(resource => resource.IsComponent).Select(resource => resource.Name).Should().BeEquivalentTo("new-app", "new-postgres", "new-web");

    [Fact]
    public async Task An_alias_that_is_not_known_yet_is_refused()
    {
        var later = new TaskCompletionSource<Alias>();
        var run = () => RunAsync(host =>
        {
            try
            {
                Make(host, "new-", _ => new() { Aliases = { Output.Create(later.Task) } });
            }
            finally
            {
                later.SetResult(new Alias());
            }
        });

        (await run.Should().ThrowAsync<Exception>()).WithMessage("*An alias must be known when the program starts.*");
    }

    private static void Make(IServiceHost host, string prefix = "", Func<string, ComponentResourceOptions>? options = null)
    {
        var app = new AppImage(prefix + "app", new() { Context = "app" }, host, options?.Invoke("app"));
        var postgres = new Postgres(prefix + "postgres", new() { Password = new Secret("postgres-password") }, host, options?.Invoke("postgres"));
        _ = new Web(
            prefix + "web",
            new()
            {
                Image = app,
                Needs = [((ServiceSpec)postgres).As("DATABASE_URL")],
                Command = ["serve"],
                Memory = Size.MiB(64),
                Cpus = Cpu.Cores(1),
            },
            host,
            options?.Invoke("web")
        );
    }

    private static ComponentResourceOptions Below(Group group) => new() { Parent = group, Aliases = { new Alias { NoParent = true } } };

    private static Task<StackRun> RunAsync(Action<IServiceHost> make)
        => StackRun.OfAsync(() => make(new ContainerHost(new Naming("shop", "dev"), new FakeSecrets())), new RecordingMocks { NewIds = true });

    private sealed class Group() : ComponentResource("infra:components:Group", $"group-{Next()}")
    {
        private static int made;

        private static int Next() => Interlocked.Increment(ref made);
    }
}
