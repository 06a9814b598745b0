using Infra.Components;
using Infra.Components.Debian;
using Infra.Model;
using Infra.Operations.Adoption;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>What a volume that is taken over must have in it, before a store starts on it.</summary>
public sealed class AdoptedDataTests
{
    private const string Read = "docker run --rm --pull never --network none --read-only --user 0:0 --cap-drop ALL --cap-add DAC_OVERRIDE "
        + "--label infra.stack=shop-dev --volume old:/volume:ro,nocopy --entrypoint sh ";

    private const string ToMove = "To move the data, stay until './infra.sh backup dev' has taken them; then go on without that and without "
        + "'infra:volumes.postgres', with 'infra:services.postgres.volume: postgres-17-debian' for a volume of its own, './infra.sh up dev' and "
        + "'./infra.sh restore dev newest'. The old volume stays as it is (docs/backups.md).";

    private readonly FakeShell shell = FakeShell.WithEngine();

    [Theory]
    [InlineData("postgres:17.11", "999\n999\tPG_VERSION\t17\n999\tbase")]
    [InlineData("postgres:17.11-alpine", "70\n70\tPG_VERSION\t17\n")]
    [InlineData("postgres:18.6-alpine", "70\n0\t18\n70\t18/docker/PG_VERSION\t18\n70\t17/docker/PG_VERSION\t17")]
    [InlineData("postgres:17.11", "999\n0\tlost+found\t\n")]
    [InlineData("postgres:17.11", "999\n")]
    public async Task Postgres_starts_on_its_own_data_and_on_an_empty_volume(string image, string content)
        => (await CheckAsync(Database(image), content)).Should().BeEmpty();

    [Theory]
    [InlineData("70\tPG_VERSION\t17", "old: The data of Postgres 17 in it belong to the user 70, as an alpine image writes them, and "
        + "registry/postgres:17-debian would start on them now as the user 999. Another C library sorts texts otherwise, and an index would miss "
        + "rows. To stay, set 'infra:services.postgres.image: postgres:17.11-alpine' in Pulumi.dev.yaml. " + ToMove)]
    [InlineData("1001\tPG_VERSION\t17", "old: The data of Postgres 17 in it belong to the user 1001, and "
        + "registry/postgres:17-debian would start on them now as the user 999. Another C library sorts texts otherwise, and an index would miss "
        + "rows. Drop 'infra:volumes.postgres', and move the data by a dump ('pg_dump', with the image that wrote them).")]
    [InlineData("999\tPG_VERSION\t16", "old: The volume has data of Postgres 16, and registry/postgres:17-debian would start on it now. "
        + "To stay, set 'infra:services.postgres.image' to the image that it ran on (registry/postgres:16-debian) in Pulumi.dev.yaml. " + ToMove)]
    [InlineData("0\t18\n999\t18/docker/PG_VERSION\t18", "old: The volume has data of Postgres 18, and registry/postgres:17-debian would start on it "
        + "now. To stay, set 'infra:services.postgres.image: postgres:18.6' in Pulumi.dev.yaml. " + ToMove)]
    [InlineData("999\tpgdata\n999\tpgdata/PG_VERSION\t17", "old: The data of Postgres 17 lie in its folder 'pgdata', and 'postgres' "
        + "looks in its root. Move them there (docs/applications.md, 'Volumes that exist already').")]
    [InlineData("0\ta\n0\tb\n0\tc\n0\td", "old: It has files (a, b, c), and none of them is Postgres' PG_VERSION: 'postgres' would begin with an "
        + "empty database. Name the volume that has the data.")]
    public async Task Other_data_are_refused_with_what_to_do(string content, string sentence)
        => (await CheckAsync(Database("postgres:17.11"), "999\n" + content)).Should().Be(sentence);

    [Fact]
    public async Task Data_of_18_at_the_root_are_not_where_18_looks()
        => (await CheckAsync(Database("postgres:18.6"), "999\n999\tPG_VERSION\t18\n")).Should()
            .StartWith("old: The data of Postgres 18 lie in its root, and 'postgres' looks in its folder '18/docker'. Move them there");

    [Fact]
    public async Task Debians_own_image_takes_what_Debians_user_wrote()
        => (await CheckAsync(DebianImages.Choose(Database("postgres:17.11-alpine"))!, "999\n999\tPG_VERSION\t17\n")).Should().BeEmpty();

    [Fact]
    public async Task What_cannot_be_read_is_not_started_on()
    {
        shell.On("docker run", exitCode: 125, error: "Unable to find image 'postgres:17.11' locally");

        (await RefusalAsync(Database("postgres:17.11"))).Should().Be("old: It is looked into before 'postgres' starts on it, and cannot be: "
            + "Unable to find image 'postgres:17.11' locally. Run 'docker pull postgres:17.11' first.");
    }

    [Fact]
    public async Task Once_it_is_taken_over_another_version_is_refused_though_its_image_is_not_there_yet()
    {
        shell.On("docker ps --all --filter volume=old --filter label=infra.service", "postgres:17.11\n")
            .On("docker run", exitCode: 125, error: "none")
            .On(Read + "postgres:17.11 -c ", "70\n70\tPG_VERSION\t17\n");

        (await RefusalAsync(Database("postgres:18.6-alpine"))).Should().StartWith("old: The volume has data of Postgres 17, and ")
            .And.Contain("'infra:services.postgres.image: postgres:17.11-alpine'");
    }

    [Theory]
    [InlineData("999\tmnesia\n999\tmnesia/rabbit@rabbitmq\n999\tmnesia/rabbit@rabbitmq-feature_flags\n999\tmnesia/rabbit@rabbitmq.pid",
        "note old: The node keeps its users, and their passwords: 'app' must be among them, with what the secret 'rabbitmq-password' is.")]
    [InlineData("999\tmnesia\n999\tmnesia/rabbit@mq\n999\tmnesia/rabbit@mq-plugins-expand", "old: It has the queues of the node 'rabbit@mq', "
        + "and 'rabbitmq' would begin without them, as 'rabbit@rabbitmq'. Set 'infra:services.rabbitmq.hostname: mq', "
        + "or drop 'infra:volumes.rabbitmq'.")]
    [InlineData("999\tmnesia\n999\tmnesia/rabbit@0123456789ab", "note old: 'rabbitmq' begins with no queues and no users. "
        + "Those in it are of the node 'rabbit@0123456789ab', whose host had no fixed name: Compose loses them with each new container.")]
    [InlineData("100\t.erlang.cookie", "old: '.erlang.cookie' in it belongs to the user 100, and 'rabbitmq' runs as 999. Hand it over: "
        + "docker run --rm --user 0:0 --network none --volume old:/volume --entrypoint chown rabbitmq:4.2.9 -R rabbitmq /volume")]
    public async Task RabbitMQ_finds_the_data_of_its_node_or_it_is_told(string content, string sentence)
    {
        var args = new RabbitMqArgs { Password = new Secret("rabbitmq-password"), Image = new PinnedImage("rabbitmq", "4.2.9") };
        var service = RabbitMq.Describe("rabbitmq", args);

        (await CheckAsync(service, "999\n" + content)).Should().Be(sentence);
    }

    [Fact]
    public async Task Redis_is_not_started_on_files_that_are_not_its_own()
        => (await CheckAsync(Redis.Describe("redis", new() { Password = new Secret("p") }), "999\n0\tdump.rdb\n")).Should()
            .StartWith("old: 'dump.rdb' in it belongs to the user 0, and 'redis' runs as 999. Hand it over: docker run ");

    [Fact]
    public async Task What_is_no_store_is_taken_as_it_is()
    {
        (await RefusalAsync(SmallStack.Web with { Mounts = [new VolumeMount(new Volume("media"), "/media")] })).Should().BeEmpty();

        shell.Asked.Should().BeEmpty();
    }

    private static Mount Adopting(Mount mount)
        => mount is VolumeMount own ? own with { Volume = own.Volume with { Existing = "old" } } : mount;

    private static ServiceSpec Database(string image)
        => Postgres.Describe("postgres", new() { Password = SmallStack.Password, Image = PinnedImage.Parse(image) });

    private Task<string> CheckAsync(ServiceSpec service, string content)
    {
        shell.On(Read, content + "\n");
        return RefusalAsync(service);
    }

    private async Task<string> RefusalAsync(ServiceSpec service)
    {
        var adopting = service with
        {
            Mounts = [.. service.Mounts.Select(Adopting)],
        };
        try
        {
            var notes = await new AdoptedData(new Docker(shell), SmallStack.Dev(adopting).Topology).RequireFitAsync(CancellationToken.None);
            return string.Join('\n', notes.Select(note => "note " + note));
        }
        catch (UserErrorException refusal)
        {
            refusal.ExitCode.Should().Be(2);
            return refusal.Message;
        }
    }
}
