using Infra.Model;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks.Services;

/// <summary>The type of its queues, and its definitions.</summary>
public sealed class RabbitMqSettingsTests : IDisposable
{
    private const string Policies = """{ "policies": [{ "vhost": "/", "name": "all", "pattern": ".*", "definition": { "delivery-limit": 50 } }] }""";

    private readonly TemporaryRoot root = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task What_is_set_of_its_queues_is_there_before_anything_is_led_to_it()
    {
        root.Write("broker/definitions.json", Policies);

        var rabbit = await SpecAsync("{queueType: quorum, definitions: broker/definitions.json, vhost: /shop}");

        Content(rabbit, "definitions.json").Should().Be(Policies);
        Probe(rabbit).Should().Contain("bash /run/configs/rabbitmq-setup.sh /shop 'quorum' /run/configs/definitions.json && : >/tmp/asked");
    }

    [Theory]
    [InlineData("{queueType: classic}", "/ 'classic'  && :")]
    [InlineData("{definitions: broker/definitions.json}", "/ '' /run/configs/definitions.json && :")]
    public async Task One_of_both_is_enough(string keys, string arguments)
    {
        root.Write("broker/definitions.json", Policies);

        Probe(await SpecAsync(keys)).Should().Contain($"{{ bash /run/configs/rabbitmq-setup.sh {arguments}");
    }

    [Fact]
    public async Task Where_nothing_is_set_nothing_is_done()
    {
        var rabbit = await SpecAsync("{}");

        Probe(rabbit).Should().Contain("|| { : >/tmp/asked; exit; }");
        rabbit.Files.Select(file => file.Name).Should().NotContain(["rabbitmq-setup.sh", "definitions.json"]);
    }

    [UnixTheory]
    [InlineData("quorum", "definitions.json", 0,
        "--quiet update_vhost_metadata / --default-queue-type quorum\n--quiet import_definitions definitions.json\n", 0)]
    [InlineData("", "definitions.json", 0, "--quiet import_definitions definitions.json\n", 0)]
    [InlineData("quorum", "", 0, "--quiet update_vhost_metadata / --default-queue-type quorum\n", 0)]
    [InlineData("quorum", "definitions.json", 70, "--quiet update_vhost_metadata / --default-queue-type quorum\n", 70)]
    public async Task A_node_that_refuses_it_is_not_well(string type, string definitions, int answer, string asked, int code)
    {
        var script = $"rabbitmqctl() {{ echo \"$*\"; return {answer}; }}\n" + Content(await SpecAsync("{queueType: quorum}"), "rabbitmq-setup.sh");

        var result = await Command.RunAsync("bash", ["-c", script, "setup", "/", type, definitions], new Dictionary<string, string?>());

        result.Output.Should().Be(asked, result.ToString());
        result.ExitCode.Should().Be(code);
    }

    [Fact]
    public async Task A_text_has_the_name_of_its_virtual_host()
    {
        var (usual, own) = (await NameAsync("{}"), await NameAsync("{vhost: /shop}"));

        usual.Should().Be("/");
        own.Should().Be("/shop");

        async Task<string> NameAsync(string keys) =>
            (await StackAsync($"rabbitmq: {keys}\n    web: {{command: serve, environment: {{VHOST: \"{{rabbitmq.name}}\"}}}}"))
                .Find("web")!.Variable("VHOST")!;
    }

    [Theory]
    [InlineData("queueType: stream", "'stream' is not one of classic, quorum.")]
    [InlineData("definitions: none.json", "There is no file 'none.json'.")]
    [InlineData("definitions: ../x.json", "'../x.json' is not below the project.")]
    [InlineData("definitions: broken.json", "'broken.json': It is not JSON, from line 2 on.")]
    [InlineData("definitions: list.json", "'list.json': It is not a map.")]
    [InlineData("definitions: users.json", "'users.json': It has users, whose passwords everybody in the container could read.")]
    [InlineData("definitions: hostless.json", "'hostless.json': Not every one of its policies names its virtual host.")]
    [InlineData("{queueType: quorum, external: {host: mq.example.com}}", "'rabbitmq' runs elsewhere, and this is of a container here.")]
    public void What_cannot_be_is_an_error(string keys, string error)
    {
        root.Write("broken.json", "{\n \"policies\": [,]\n}\n");
        root.Write("list.json", "[]");
        root.Write("users.json", """{ "users": [{ "name": "x", "password_hash": "y" }] }""");
        root.Write("hostless.json", """{ "policies": [{ "name": "all" }] }""");

        var parse = () => Read($"rabbitmq: {(keys.StartsWith('{') ? keys : $"{{{keys}}}")}");

        parse.Should().Throw<SettingsException>().Which.Message.Should().Contain(error);
    }

    private async Task<ServiceSpec> SpecAsync(string keys) => (await StackAsync($"rabbitmq: {keys}")).Find("rabbitmq")!;

    private Task<Topology> StackAsync(string services) => StackFactory.GatherAsync(Read(services));

    private Settings Read(string services)
    {
        root.Write("Pulumi.dev.yaml", $"config:\n  infra:environment: dev\n  infra:services:\n    {services}\n");
        return SettingsParser.Parse(SettingsFile.Read(Path.Combine(root.Path, "Pulumi.dev.yaml")), "shop", "dev");
    }

    private static string Probe(ServiceSpec service) => service.Health!.Test[^1].ToString();

    private static string Content(ServiceSpec service, string file) => service.Files.Single(each => each.Name == file).Content.ToString();
}
