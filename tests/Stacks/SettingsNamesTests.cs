using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>What becomes a name on an engine or a path in a container is one, and commands are commands.</summary>
public sealed class SettingsNamesTests
{
    private const string NoImage =
        "is not the name of an image. "
        + "Write it in lower case, with its tag or digest and without spaces: postgres:18.6-alpine, ghcr.io/acme/shop:1.4.";
    private const string NoShell =
        "means something to a shell alone, and none reads this command. "
        + "Write [sh, -c, 'exec …'] for a shell to read it; what is to run before the application starts is a service of the kind step.";

    [Theory]
    [InlineData(
        "prefix",
        "\"My Shop_\"",
        "'My Shop_' cannot be the prefix of the names of containers, volumes and images. "
            + "Write lower-case letters and digits, with single '-', '_' or '.' between them and at the end: shop-dev-."
    )]
    [InlineData(
        "containerNames.web",
        "\"My Web!\"",
        "'My Web!' is not a name that a container can have. Write letters, digits, '_', '.' "
            + "and '-', with a letter or digit first, two of them at least."
    )]
    [InlineData("postgres.image", "Postgres:17.6", "'Postgres:17.6' " + NoImage)]
    [InlineData("postgres.image", "\"postgres:17.6 \"", "'postgres:17.6 ' " + NoImage)]
    [InlineData(
        "postgres.image",
        "postgres:latest",
        "The Postgres image 'postgres:latest' does not tell its major version. Set infra:services.postgres.major to it, such as 18."
    )]
    [InlineData(
        "postgres.image",
        "\"postgres@sha256:ab\"",
        "The Postgres image 'postgres@sha256:ab' does not tell its major version. Set infra:services.postgres.major to it, such as 18."
    )]
    [InlineData("postgres.major", "8", "'8' is not a whole number from 9 to 99. Write a whole number from 9 to 99.")]
    [InlineData("postgres.major", "100", "'100' is not a whole number from 9 to 99. Write a whole number from 9 to 99.")]
    [InlineData(
        "postgres.volume",
        "my vol",
        "'my vol' is not a volume's name. Write lower-case letters, digits, '_' and '-', with a letter or digit first."
    )]
    [InlineData("redis.image", "\"redis:\"", "'redis:' " + NoImage)]
    [InlineData("app.image", "\"@sha256:ab\"", "'@sha256:ab' " + NoImage)]
    [InlineData(
        "app.tag",
        "My/Shop:1",
        "'My/Shop:1' is not a name that an image can have. Write it in lower case, with a tag behind a colon: acme/shop:1.4."
    )]
    [InlineData(
        "app.directory",
        "app",
        "'app' is not an absolute path in the container. Write one with letters, digits, '.', '_', '-', '+' and '@' between its slashes: /app."
    )]
    [InlineData("app.context", "\"\"", "It is empty. Write a path relative to the project's root.")]
    [InlineData(
        "app.dockerfile",
        "../Dockerfile",
        "'../Dockerfile' leads out of the folder that it belongs to. "
            + "Write a path below the application's folder (infra:app.context), without '..' and without a slash first."
    )]
    [InlineData(
        "beat.schedule",
        "celerybeat-schedule",
        "'celerybeat-schedule' is not an absolute path in the container. "
            + "Write one with letters, digits, '.', '_', '-', '+' and '@' between its slashes: /var/lib/celery/beat/schedule."
    )]
    [InlineData(
        "beat.schedule",
        "/schedule",
        "'/schedule' lies in no folder of its own, and the folder becomes a volume. Write a path such as /var/lib/celery/beat/schedule."
    )]
    [InlineData(
        "beat.schedule",
        "/app/celerybeat-schedule",
        "Its folder '/app' becomes a volume, which hides what the image has there, now and after each release. "
            + "Write a folder of its own: /var/lib/celery/beat/schedule."
    )]
    [InlineData(
        "beat.schedule",
        "/etc/schedule",
        "Its folder '/etc' becomes a volume, which hides what the image has there, now and after each release. "
            + "Write a folder of its own: /var/lib/celery/beat/schedule."
    )]
    [InlineData("web.command", "\"\"", "It is empty. Write the command, or drop the setting.")]
    [InlineData("beat.command", "['', beat]", "It is empty. Write the command, or drop the setting.")]
    [InlineData("step.command", "\"''\"", "It is empty. Write the command, or drop the setting.")]
    [InlineData("web.command", "\"alembic upgrade head && uvicorn shop.main:app\"", "'&&' " + NoShell)]
    [InlineData("web.command", "[uvicorn, shop.main:app, --port, $PORT]", "'$PORT' " + NoShell)]
    [InlineData("web.command", "\"PORT=80 uvicorn shop.main:app\"", "'PORT=80' " + NoShell)]
    [InlineData("worker.command", "\"celery worker 2>/dev/null\"", "'2>/dev/null' " + NoShell)]
    [InlineData("step.command", "\"migrate; seed\"", "'migrate;' " + NoShell)]
    [InlineData("web.command", "\"uvicorn 'shop\"", "A quote in it is not closed. Close it, or write the command as a list of arguments.")]
    [InlineData(
        "web.memory",
        "79228162514264337593543950335GiB",
        "'79228162514264337593543950335GiB' is not a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB. "
            + "Write a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB."
    )]
    [InlineData(
        "web.memory",
        "1TiB",
        "'1TiB' is not a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB. Write a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB."
    )]
    [InlineData(
        "web.cpus",
        "0.0001",
        "'0.0001' is not a number of cores from 0.01 to 1024, such as 0.5. Write a number of cores from 0.01 to 1024, such as 0.5."
    )]
    [InlineData(
        "worker.queues",
        "[default, \"mail,sms\"]",
        "'mail,sms' is not a queue's name: Celery takes it for several, or leaves its blanks out. Write each queue as an entry of its own."
    )]
    [InlineData(
        "worker.queues",
        "[\" mail\"]",
        "' mail' is not a queue's name: Celery takes it for several, or leaves its blanks out. Write each queue as an entry of its own."
    )]
    [InlineData(
        "worker.queues",
        "[\"\"]",
        "'' is not a queue's name: Celery takes it for several, or leaves its blanks out. Write each queue as an entry of its own."
    )]
    [InlineData(
        "worker.pool",
        "thread",
        "Celery has no pool 'thread'. Did you mean 'threads'? Write one of prefork, eventlet, gevent, solo, processes, threads, custom."
    )]
    [InlineData(
        "redis.maxMemory",
        "5000000000GiB",
        "'5000000000GiB' is not a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB. "
            + "Write a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB."
    )]
    public void A_value_that_cannot_be_is_told(string key, string value, string message)
    {
        var (text, where) = key.Split('.') is [var section, var name]
            ? SettingsOf.With(section, $"{name}: {value}", "prod")
            : ($"config:\n  infra:environment: prod\n  infra:{key}: {value}\n", $":3:3 infra:{key}: ");

        SettingsOf.Problems(text, "prod").Should().Be($"Pulumi.prod.yaml{where}{message}");
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("with space")]
    [InlineData("2ND")]
    [InlineData("'<<'")]
    [InlineData("A=B")]
    public void A_variable_of_a_container_or_a_build_has_a_name(string name)
    {
        SettingsOf
            .Problems($"config:\n  infra:environment: dev\n  infra:app:\n    environment: {{ {name}: x }}\n")
            .Should()
            .Contain("is not a name that a variable can have.");
        SettingsOf
            .Problems($"config:\n  infra:environment: dev\n  infra:app:\n    args: {{ {name}: x }}\n")
            .Should()
            .Contain("is not a name that a variable can have.");
    }

    [Theory]
    [InlineData("../../../../../../var/run")]
    [InlineData("/var/run")]
    [InlineData("src/../..")]
    [InlineData("\"\"")]
    public void Code_lies_below_the_applications_folder(string folder) =>
        SettingsOf
            .Problems($"config:\n  infra:environment: dev\n  infra:app:\n    source: [{folder}]\n")
            .Should()
            .StartWith("Pulumi.dev.yaml:4:14 infra:app.source[0]: ");

    [Fact]
    public async Task A_name_for_a_container_that_there_is_not_is_told()
    {
        var settings = SettingsOf.Text("config:\n  infra:environment: dev\n  infra:containerNames: { wbe: shop, flower: blume }\n");

        StackFactory.Review(settings, await StackFactory.GatherAsync(settings))
            .Select(finding => finding.Sentence)
            .Should()
            .Equal(
                "infra:containerNames.flower: The stack has no such service. Services: postgres, redis, rabbitmq, web, worker, beat.",
                "infra:containerNames.wbe: The stack has no such service. Did you mean 'web'?"
            );
    }

    [Fact]
    public void A_workers_own_command_says_what_the_settings_would() =>
        SettingsOf
            .Problems(
                "config:\n  infra:environment: dev\n"
                    + "  infra:services: {worker: { command: celery -A shop worker, queues: [mail], concurrency: 9, pool: "
                    + "gevent, nodeName: mail@%h }}\n"
            )
            .Split('\n')
            .Select(line => line.Split(' ')[1])
            .Should()
            .Equal("infra:services.worker.concurrency:",
                "infra:services.worker.pool:",
                "infra:services.worker.nodeName:",
                "infra:services.worker.queues:"
            );
}
