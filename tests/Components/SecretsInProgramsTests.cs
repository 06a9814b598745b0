using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

/// <summary>Values and names with characters that mean something to the programs they reach: run for real where there is one.</summary>
public sealed class SecretsInProgramsTests : IDisposable
{
    private const string Hard = """p@ss w/rd#%$"'\x""";
    private static readonly Secret Password = new("pw");
    private readonly TemporaryRoot root = new();

    public void Dispose() => root.Dispose();

    [UnixFact]
    public async Task An_exported_secret_is_in_the_variable_byte_for_byte_its_last_line_breaks_too()
    {
        byte[] value = [.. "two\r\nlines $HOME `id` \\ \"'"u8, 0xFF, (byte)'\n', (byte)'\n'];
        var web = Application(SecretDelivery.Export, ("KEY", new Secret("key")));
        await File.WriteAllBytesAsync(Path.Combine(root.Path, "key"), value);

        await ShellAsync([.. web.WithPrefix(["sh", "-c", $"printf %s \"$KEY\" >{root.Path}/got"]).Select(Here)]);

        (await File.ReadAllBytesAsync(Path.Combine(root.Path, "got"))).Should().Equal(value);
    }

    [UnixFact]
    public async Task A_secret_that_cannot_be_read_stops_the_application_before_it_starts()
    {
        var web = Application(SecretDelivery.Export, ("KEY", new Secret("key")));

        var result = await Command.RunAsync("sh", web.WithPrefix(["echo", "started"]).Skip(1).Select(Here), Nothing);

        result.ExitCode.Should().NotBe(0);
        result.Output.Should().BeEmpty();
    }

    [Fact]
    public void An_address_without_a_secret_is_a_plain_variable_whatever_the_delivery()
    {
        var mail = Specs.Service("mail") with { Endpoint = new Endpoint("smtp", "mail", 25) };
        var web = Web.Describe("web", new() { Image = Specs.App, Command = ["serve"], Needs = [mail.As("EMAIL_URL")] });

        web.Environment["EMAIL_URL"].ToString().Should().Be("smtp://mail:25");
        web.Files.Should().BeEmpty();
        var exported = Web.Describe(
            "web",
            new()
            {
                Image = Specs.App,
                Command = ["serve"],
                Needs = [mail.As("EMAIL_URL")],
                Delivery = SecretDelivery.Export,
            }
        );
        exported.Environment["EMAIL_URL"].ToString().Should().Be("smtp://mail:25");
        exported.Command.Should().Equal("serve");
    }

    [Fact]
    public void What_is_no_variable_never_reaches_a_shell()
        => FluentActions.Invoking(() => Application(SecretDelivery.Export, ("X;touch pwned", Password))).Should().Throw<ArgumentException>()
            .WithMessage("'X;touch pwned' is not the name of a variable.*");

    [Fact]
    public void Two_variables_that_lead_to_one_file_are_an_error()
    {
        var database = Postgres.Describe("postgres", new() { Password = Password });
        var web = Web.Describe("web", new()
        {
            Image = Specs.App,
            Command = ["serve"],
            Needs = [database.As("DATABASE_URL")],
            Secrets = ImmutableSortedDictionary<string, Secret>.Empty.Add("DATABASE_URL", new Secret("database-url")),
        });

        Review
            .Run(Specs.Topology(web, web with { Name = "worker" }))
            .Where(finding => finding.Rule == "UNIQUE-NAMES")
            .Select(finding => finding.ToString())
            .Should()
            .Equal(
                "error UNIQUE-NAMES web, worker: 2 of its files would be '/run/secrets/database-url', and one would hide the others. "
                    + "Give each variable that leads to one a name of its own (infra:app.secrets, infra:app.environment)."
            );
    }

    [UnixFact]
    public async Task A_password_reaches_SQL_by_a_variable_of_psql_and_no_text()
    {
        Program("psql", "printf '%s\\n' \"$@\" >$HERE/words; cat >$HERE/sql; cat <&3 >$HERE/password");
        var change = Postgres.Describe("postgres", new() { Password = Password }).PasswordChange!;

        foreach (
            var (command, statement) in new[]
            {
                (change.Command, """ALTER ROLE :"owner" PASSWORD :'password';"""),
                (change.Addition, "set_config('infra.password', :'password', false)"),
            }
        )
        {
            await ShellAsync(command, ("POSTGRES_USER", "postgres"), ("POSTGRES_OWNER", """an "odd" user"""), ("VALUE", Hard));

            Read("password").Should().Be(Hard);
            Read("sql").Should().Contain(statement).And.NotContain(Hard);
            Read("words").Should().Contain("""--set=owner=an "odd" user""").And.NotContain(Hard);
            File.Delete(Path.Combine(root.Path, "password"));
        }
    }

    [UnixFact]
    public async Task A_password_reaches_RabbitMQ_byte_for_byte()
    {
        Program("rabbitmqctl", "printf '%s\\n' \"$@\" >$HERE/words; cp /tmp/.user $HERE/user; cp /tmp/.password $HERE/password");
        var change = RabbitMq.Describe("rabbitmq", new() { Password = Password, User = OddUser }).PasswordChange!;
        foreach (var command in new[] { change.Command, change.Addition })
        {
            await ShellAsync(command, ("VALUE", Hard));

            (Read("user"), Read("password")).Should().Be((OddUser, Hard));
            Read("words").Should().NotContain(Hard).And.NotContain(OddUser);
            File.Delete(Path.Combine(root.Path, "password"));
        }
    }

    [UnixFact]
    public async Task A_restore_of_RabbitMQ_takes_its_own_user_out_and_sets_no_password()
    {
        Program(
            "rabbitmqctl",
            "printf '%s\\n' \"$@\" >>$HERE/words; cp /tmp/.own-user $HERE/user 2>/dev/null || true; cp /tmp/.definitions.json $HERE/definitions"
        );
        var rabbit = RabbitMq.Describe("rabbitmq", new() { Password = Password, User = OddUser });
        string[] restore = [.. rabbit.Backup!.Restore];

        await ShellAsync([.. restore, "prepare"], ("VALUE", "{}"));
        await ShellAsync([.. restore, "commit"], ("VALUE", ""));

        (Read("user"), Read("definitions")).Should().Be((OddUser, "{}"));
        Read("words").Should().Contain("import_definitions\n/tmp/.definitions.json\n").And.NotContain("password").And.NotContain(OddUser);
        string.Join(' ', restore).Should().NotContain("/run/secrets", "the mounted file has the password that held at the start");
        File.Exists("/tmp/.definitions.json").Should().BeFalse();
    }

    [Fact]
    public void Stores_that_read_their_password_from_a_file_get_it_in_the_file_s_own_quotes()
    {
        var redis = Redis.Describe("redis", new() { Password = Password });
        var rabbit = RabbitMq.Describe("rabbitmq", new() { Password = Password, User = "a:b@c" });

        Filled(redis, "redis.conf").Should().Contain("""
            requirepass "p@ss w/rd#%$\"'\\x"

            """.Trim() + "\n");
        Filled(rabbit, "rabbitmq-user.config").Should().Contain("{default_user, <<97,58,98,64,99>>}").And.Contain("{default_pass, <<112,64,");
        rabbit.Endpoint!.Url().ToString().Should().Be("amqp://a%3Ab%40c:<pw>@rabbitmq:5672//");
        Postgres
            .Describe("postgres", new() { Password = Password, Database = "my db/1?x" })
            .Endpoint!.Url()
            .ToString()
            .Should()
            .EndWith("/my%20db%2F1%3Fx");
        System.Text.Json.Nodes.JsonNode.Parse(Filled(RedisExporter.Describe("exporter", new() { Redis = redis }), "exporter.json"))![
            "redis://redis:6379"
        ]!
            .ToString()
            .Should()
            .Be(Hard);
    }

    [UnixFact]
    public async Task A_worker_is_asked_by_its_name_whatever_that_means_to_a_shell()
    {
        Program("celery", "printf '%s\\n' \"$@\" >$HERE/words");
        Program("hostname", "echo here");
        var worker = Worker.Describe(
            "worker",
            new()
            {
                Image = Specs.App,
                App = "shop; id",
                NodeName = """$(id)`id`"\@%h""",
                Probe = WorkerProbe.Ping,
            }
        );

        await ShellAsync(worker.Health!.Test);

        Read("words").Split('\n').Should().ContainInOrder("-A", "shop; id", "inspect", "ping").And.Contain("""$(id)`id`"\@here""");
    }

    private const string OddUser = """a "b" c""";

    private static Dictionary<string, string?> Nothing { get; } = [];

    private static ServiceSpec Application(SecretDelivery delivery, params (string Variable, Secret Secret)[] secrets) => Web.Describe("web", new()
    {
        Image = Specs.App,
        Command = ["serve"],
        Secrets = secrets.ToImmutableSortedDictionary(secret => secret.Variable, secret => secret.Secret, StringComparer.Ordinal),
        Delivery = delivery,
    });

    private static string Filled(ServiceSpec service, string file) => service.Files.Single(each => each.Name == file).Content.Render(_ => Hard).Text!;

    private string Here(string word) => word.Replace("/run/secrets", root.Path, StringComparison.Ordinal);

    private string Read(string file) => File.ReadAllText(Path.Combine(root.Path, file));

    private void Program(string name, string script)
    {
        var path = Path.Combine(root.Path, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        Modes.MakeProgram(path);
    }

    // Our programs first on the PATH, and what VALUE has as the input.
    private async Task ShellAsync(IEnumerable<string> command, params (string Name, string Value)[] variables)
    {
        var environment = variables.ToDictionary(variable => variable.Name, variable => (string?)variable.Value);
        environment["HERE"] = root.Path;
        environment["PATH"] = $"{root.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        environment.TryAdd("VALUE", "");
        var result = await Command.RunAsync("sh", ["-c", "printf %s \"$VALUE\" | \"$@\"", "sh", .. command], environment);
        result.ExitCode.Should().Be(0, result.ToString());
    }
}
