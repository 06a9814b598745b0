using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Loading;
using Infra.Operations.Rotation;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>What <c>check</c>, <c>up</c> and <c>rotate</c> say of secrets as they lie in the project's folder.</summary>
public sealed class SecretFindingsTests : IDisposable
{
    private const string Line = "Write it as one line of UTF-8 text, with nothing before or after it.";
    private static readonly string[] All = ["grafana-password", "postgres-password", "rabbitmq-password", "redis-password"];

    private readonly CommandLineRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Check_and_up_name_every_password_that_cannot_work_at_once()
    {
        Given("", "pg\r\n", "\uFEFFrabbit", "two\nlines");

        (await run.RunAsync("check", "prod", "--images", "registry")).Should().Be(1);
        run.Error.Split('\n').Should().StartWith(
        [
            "error SECRETS .secrets/prod/grafana-password: It is empty. Give it a value.",
            $"error SECRETS .secrets/prod/postgres-password: It has a carriage return, as Windows' line breaks have. {Line}",
            $"error SECRETS .secrets/prod/rabbitmq-password: It has a byte order mark. {Line}",
            $"error SECRETS .secrets/prod/redis-password: It has more than one line. {Line}",
        ]);

        (await run.RunAsync("up", "prod", "--images", "registry")).Should().Be(2);
        run.Error.Should().EndWith(string.Join('\n',
        [
            ".secrets/prod/grafana-password: It is empty. Give it a value.",
            $".secrets/prod/postgres-password: It has a carriage return, as Windows' line breaks have. {Line}",
            $".secrets/prod/rabbitmq-password: It has a byte order mark. {Line}",
            $".secrets/prod/redis-password: It has more than one line. {Line}",
        ]) + "\n");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_password_of_hard_characters_and_one_from_echo_are_well()
    {
        Given("""p@ss w/rd#%$"'\x""", "echo's\n", "pw", "pw");

        (await run.RunAsync("check", "prod")).Should().Be(0);

        run.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task A_configured_password_of_development_s_is_held_to_the_same()
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:redis-password: \"a\\tb\"\n");

        (await run.RunAsync("check", "dev")).Should().Be(1);

        run.Error.Should().Be($"error SECRETS Pulumi.dev.yaml:3:3 infra:redis-password: It has a control character. {Line}\n");
    }

    [Theory]
    [InlineData("up")]
    [InlineData("check")]
    public async Task A_link_to_an_open_folder_is_refused_and_no_mode_in_it_is_widened(string verb)
    {
        if (OperatingSystem.IsWindows()) return;
        var vault = run.PathOf("vault");
        foreach (var name in All)
        {
            run.Write($"vault/{name}", "pw");
            Modes.Set(Path.Combine(vault, name), "600");
        }

        Modes.Set(vault, "755");
        Directory.CreateDirectory(run.PathOf(".secrets"));
        Directory.CreateSymbolicLink(run.PathOf(".secrets/prod"), vault);

        (await run.RunAsync(verb, "prod", "--images", "registry")).Should().NotBe(0);

        run.Error.Should().Contain($"It leads to {vault}, which is not closed to others").And.Contain($"chmod 700 {vault}");
        Modes.Of(vault).Should().Be("755");
        Directory
            .GetFileSystemEntries(vault)
            .Should()
            .HaveCount(All.Length, "nothing is rendered there")
            .And.OnlyContain(file => Modes.Of(file) == "600");
    }

    [Fact]
    public async Task A_secret_of_the_application_s_own_that_ends_in_a_line_break_is_asked_about()
    {
        Given("pw", "pw", "pw", "pw");
        run.Write("Pulumi.prod.yaml", "config:\n  infra:environment: prod\n  infra:app: { secrets: [STRIPE_KEY, TLS_KEY] }\n");
        run.Write(".secrets/prod/stripe-key", "sk\n");
        run.Write(".secrets/prod/tls-key", "-----BEGIN-----\nx\n-----END-----\n");

        (await run.RunAsync("check", "prod")).Should().Be(0);

        run.Error.Should().Be("warning SECRETS .secrets/prod/stripe-key: It ends in a line break, and the application gets it byte for byte. "
            + "If that is not meant, write it without one: printf %s VALUE > FILE.\n");
    }

    [Fact]
    public async Task What_a_variable_cannot_carry_is_an_error_where_secrets_are_exported()
    {
        Given("pw", "pw", "pw", "pw");
        run.Write(".secrets/prod/raw-key", "a\0b");
        run.Write("Pulumi.prod.yaml", "config:\n  infra:environment: prod\n  infra:app: { secrets: [RAW_KEY], delivery: export }\n");
        (await run.RunAsync("check", "prod")).Should().Be(1);
        run.Error.Should()
            .Be(
                "error SECRETS .secrets/prod/raw-key: It has a NUL byte, which no variable can carry. "
                    + "Deliver it as a file (infra:app.delivery: file).\n"
            );

        run.Write("Pulumi.prod.yaml", "config:\n  infra:environment: prod\n  infra:app: { secrets: [RAW_KEY] }\n");
        (await run.RunAsync("check", "prod")).Should().Be(0, "a file carries anything");
    }

    [Theory]
    [InlineData("DB_PASSWORD", "postgres", "POSTGRES_PASSWORD")]
    [InlineData("SHOP_DB_PASS", "postgres", "POSTGRES_PASSWORD")]
    [InlineData("PGPASSWORD", "postgres", "POSTGRES_PASSWORD")]
    [InlineData("REDIS_PASS", "redis", "REDIS_PASSWORD")]
    [InlineData("AMQP_PASSWORD", "rabbitmq", "RABBITMQ_PASSWORD")]
    public async Task A_made_up_password_whose_name_says_that_it_is_a_store_s_is_told(string variable, string store, string name)
    {
        run.Write("Pulumi.dev.yaml", $"config:\n  infra:environment: dev\n  infra:app: {{ secrets: [{variable}] }}\n");

        await run.RunAsync("check", "dev");

        var file = variable.ToLowerInvariant().Replace('_', '-');
        run.Error.Should()
            .Be(
                "warning SECRETS Pulumi.dev.yaml:3:16 infra:app.secrets: "
                    + $"'{variable}' looks like the password of '{store}', and development generates another one for it. "
                    + $"For the password of '{store}' write {name} there; for one of its own, put it into .secrets/dev/{file}.\n"
            );
    }

    [Fact]
    public async Task A_store_s_own_password_and_one_that_is_there_are_not()
    {
        run.Write(
            "Pulumi.dev.yaml",
            "config:\n  infra:environment: dev\n  infra:app: { secrets: [POSTGRES_PASSWORD, DB_PASSWORD, BYPASS, SMTP_PASSWORD] }\n"
        );
        run.Write(".secrets/dev/db-password", "of another database");

        (await run.RunAsync("check", "dev")).Should().Be(0);

        run.Error.Should().BeEmpty();
    }

    [Fact]
    public Task A_secret_under_the_variable_of_another_value_is_refused()
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:app: { secrets: [DATABASE_URL] }\n");

        return run.RefusesAsync(
            "Pulumi.dev.yaml:3:16 infra:app.secrets: DATABASE_URL stands in environment, too. Drop one of the two.",
            "check",
            "dev"
        );
    }

    [Fact]
    public async Task Rotate_takes_binary_secrets_byte_for_byte_and_refuses_a_password_that_cannot_work()
    {
        using var rotating = new CommandLineRun(FakeShell.WithEngine().Running([.. FakeContainers.All("compose").Cast<JsonObject>()]));
        rotating.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:app: { secrets: [RAW_KEY] }\n");
        var stack = await StackLoader.LoadAsync(rotating.Workspace, "dev");
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(each => (byte)each), (byte)'\n'];
        await File.WriteAllBytesAsync(rotating.PathOf("new"), bytes);

        NewValue.Read(stack.Topology, new Secret("raw-key"), rotating.PathOf("new")).Bytes.ToArray().Should().Equal(bytes);

        rotating.Write("new", "a\r\n");
        (await rotating.RunAsync("rotate", "dev", "postgres-password", "--value-from", rotating.PathOf("new"))).Should().Be(2);
        rotating
            .Error.Should()
            .Be(
                $"--value-from: {rotating.PathOf("new")} cannot be the value of postgres-password: "
                    + $"It has a carriage return, as Windows' line breaks have. {Line}\n"
            );
    }

    private void Given(params string[] values)
    {
        foreach (var (name, value) in All.Zip(values)) run.Write($".secrets/prod/{name}", value);
    }
}
