using Infra.Components;
using Infra.Model;
using Infra.Targets;
using Infra.Targets.Containers;
using Infra.Tests.EndToEnd.Prod;
using Infra.Tests.Support;
using Pulumi;

namespace Infra.Tests.EndToEnd;

/// <summary>What <c>pulumi up</c> registers of a store before and after its password was rotated, run as its provider would.</summary>
[Trait("Category", EndToEndCollection.Category)]
public sealed class PulumiRotationTests
{
    private static readonly Secret Password = new("pw");

    private static readonly ServiceSpec[] Stores =
    [
        Redis.Describe("redis", new() { Password = Password, Image = PinnedImage.Parse("infra-debian/redis:8") }),
        Postgres.Describe("postgres", new() { Password = Password, Image = PinnedImage.Parse("infra-debian/postgres:17") }),
        RabbitMq.Describe("rabbitmq", new() { Password = Password, Image = PinnedImage.Parse("infra-debian/rabbitmq:4"), Metrics = false }),
    ];

    [EndToEndFact]
    public async Task A_store_runs_on_tells_which_password_it_takes_and_reads_the_new_one_at_its_next_start()
    {
        await using var project = Project.Make();
        var before = await RegisteredAsync(project, "the first", known: null);
        await Engine.AskAsync("network", "create", "--label", $"{Labels.Stack}={project.Label}", (string)before.Network("default")["name"]);
        foreach (var volume in before.Of("docker:index/volume:Volume"))
            await Engine.AskAsync("volume", "create", "--label", $"{Labels.Stack}={project.Label}", (string)volume["name"]);
        foreach (var container in before.Containers.OrderBy(container => Stores.Any(store => store.Name == container.Name)))
            await Provided.CreateAsync(container);
        foreach (var store in Stores)
            await TakesAsync(project, store, "the first");

        var after = await RegisteredAsync(project, "the second", known: "pw-id");

        foreach (var store in Stores)
        {
            (await AskAsync(project, store, "the second")).Should().Be(3, store.Name);
            (await ExecAsync(project, store, store.PasswordChange!.Addition, "the second")).ExitCode.Should().Be(0, store.Name);
            (await AskAsync(project, store, "the first")).Should().Be(0, store.Name);
            await Provided.DeleteAsync(before.Container($"{store.Name}-password"));
            await Provided.CreateAsync(after.Container($"{store.Name}-password"));
            (await ExecAsync(project, store, store.PasswordChange!.Command, "the second")).ExitCode.Should().Be(0, store.Name);
            (await AskAsync(project, store, "the second")).Should().Be(0, store.Name);
            (await AskAsync(project, store, "the first")).Should().Be(3, store.Name);

            await Engine.AskAsync("restart", project.Container(store.Name));

            await TakesAsync(project, store, "the second");
            (await AskAsync(project, store, "the first")).Should().Be(3, store.Name);
        }
    }

    private static Task<StackRun> RegisteredAsync(Project project, string password, string? known) => StackRun.OfAsync(() =>
    {
        var host = new ContainerHost(new Naming(project.Name, project.Stack), new OneSecret(password)) { PasswordVersion = _ => known };
        foreach (var spec in Stores) _ = new AnyService(spec, host);
    });

    private static Task<int> TakesAsync(Project project, ServiceSpec store, string password) =>
        Eventually.SeesAsync(
            $"{store.Name} that takes '{password}'",
            TimeSpan.FromSeconds(120),
            () => AskAsync(project, store, password),
            code => code == 0,
            () => project.LogsAsync(store.Name)
        );

    private static async Task<int> AskAsync(Project project, ServiceSpec store, string password)
        => (await ExecAsync(project, store, store.PasswordChange!.Check, password)).ExitCode;

    // The shell gives it to the client by its input.
    private static Task<CommandResult> ExecAsync(Project project, ServiceSpec store, IEnumerable<string> command, string password) =>
        Program.RunAsync(
            "sh",
            ["-c", "printf %s \"$0\" | exec \"$@\"", password, "docker", "exec", "--interactive", project.Container(store.Name), .. command]
        );

    private sealed class OneSecret(string value) : ISecretValues
    {
        public Output<string> Get(Secret secret) => Output.CreateSecret(value);
    }
}
