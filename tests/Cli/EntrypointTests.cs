using Infra.Operations.Loading;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>What an image runs its commands by, and what a worker's script does besides.</summary>
public sealed class EntrypointTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.Bare());

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData(
        "/entrypoint.sh web",
        1,
        "error DOCKERFILE-ENTRYPOINT app/Dockerfile:3: An ENTRYPOINT that a shell reads is given no command, so web, worker, beat all run "
            + "'/entrypoint.sh web'. Write it in exec form, as a program that runs its arguments, or let CMD say what the image runs by itself.\n"
    )]
    [InlineData(
        "[\"/entrypoint.sh\"]",
        1,
        "error DOCKERFILE-ENTRYPOINT app/Dockerfile:3: 'app/docker/entrypoint.sh' does not run its arguments, "
            + "so web, worker, beat all do what it does. End it with 'exec \"$@\"', or leave ENTRYPOINT out.\n"
    )]
    [InlineData("[\"tini\", \"/entrypoint.sh\"]", 0, "")]
    [InlineData("[\"/passing.sh\"]", 0, "")]
    [InlineData("[\"sh\", \"-c\", \"exec \\\"$@\\\"\", \"--\"]", 0, "")]
    [InlineData("[\"/somewhere/else.sh\"]", 0, "")]
    [InlineData("[]", 0, "")]
    [InlineData(
        "[\"gunicorn\"]",
        0,
        "warning DOCKERFILE-ENTRYPOINT app/Dockerfile:3: 'gunicorn' is given the commands of web, worker, beat as its own arguments. "
            + "Let CMD say what the image runs by itself, and leave ENTRYPOINT out.\n"
    )]
    public async Task An_entrypoint_runs_what_it_is_given(string entrypoint, int code, string message)
    {
        run.Write("app/docker/entrypoint.sh", "#!/bin/sh\nuwsgi --ini uwsgi.ini\n");
        run.Write("app/docker/passing.sh", "#!/bin/sh\nwait-for db\nexec \"$@\"\n");
        run.Write("app/Dockerfile", $"FROM scratch\nUSER 1000\nENTRYPOINT {entrypoint}\n");

        (await run.RunAsync("check", "dev")).Should().Be(code, run.Error);

        string.Concat(
                run.Error.Split('\n').Where(line => line.Contains("DOCKERFILE-ENTRYPOINT", StringComparison.Ordinal)).Select(line => line + "\n")
            )
            .Should()
            .Be(message);
    }

    [Theory]
    [InlineData("ENTRYPOINT [\"/entrypoint\"]", "", "docker/entrypoint")]
    [InlineData("CMD [\"/plain.sh\"]", "web: { command: docker/plain.sh }", "docker/plain.sh")]
    [InlineData("CMD exec /tool", "", "docker/tool")]
    [InlineData("", "web: { command: docker/plain.sh }", "docker/plain.sh")]
    [InlineData("", "web: { entrypoint: [docker/caller.sh] }", "docker/plain.sh")]
    [InlineData("RUN sed -i 's/\\r$//' /entrypoint\nENTRYPOINT [\"/entrypoint\"]", "", null)]
    [InlineData("RUN dos2unix /entrypoint\nENTRYPOINT [\"/entrypoint\"]", "", null)]
    [InlineData("CMD [\"python3\", \"/app/docker/serve.py\"]", "", null)]
    [InlineData("ENTRYPOINT [\"/clean\"]", "", null)]
    public async Task A_script_that_ends_its_lines_as_Windows_does_is_found(string instructions, string service, string? script)
    {
        run.Write("app/docker/entrypoint", "#!/bin/sh\r\nexec \"$@\"\r\n");
        run.Write("app/docker/plain.sh", "exec \"$@\"\r\n");
        run.Write("app/docker/tool", "#!/usr/bin/env python3\r\nprint()\r\n");
        run.Write("app/docker/caller.sh", "#!/bin/sh\n./plain.sh\nexec \"$@\"\n");
        run.Write("app/docker/serve.py", "print()\r\n");
        run.Write("app/docker/clean", "#!/bin/sh\nprintf 'a\\r\\n'\nexec \"$@\"\n");
        run.Write("app/Dockerfile", $"FROM scratch\nUSER 1000\n{instructions}\n");
        run.Write("Pulumi.dev.yaml", $"config:\n  infra:environment: dev\n  infra:services: {{ {service} }}\n");

        (await run.RunAsync("check", "dev")).Should().Be(script is null ? 0 : 1, run.Error);

        run.Error.Split('\n').Where(line => line.StartsWith("error", StringComparison.Ordinal)).Should().Equal(
            script is null
                ? []
                :
                [
                    $"error DOCKERFILE-LINE-ENDS app/{script}:1: Its lines end in a carriage return, as on Windows: in the image, it fails with "
                        + $"'no such file or directory' or 'not found'. Save it with LF alone (sed -i 's/\\r$//' app/{script}), "
                        + "and write '*.sh text eol=lf' in .gitattributes.",
                ]
        );
    }

    [Theory]
    [InlineData("celery -A taiga worker -B\n", 1)]
    [InlineData("exec /opt/venv/bin/celery -A taiga \\\n  worker --beat -l info\n", 1)]
    [InlineData("celery -A taiga worker\n", 0)]
    public async Task A_worker_that_schedules_in_a_script_is_no_second_beat(string script, int code)
    {
        run.Write("app/docker/async.sh", "#!/bin/sh\n" + script);
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:services: {worker: { command: /app/docker/async.sh }}\n");

        (await run.RunAsync("check", "dev")).Should().Be(code, run.Error);

        run.Error.Should()
            .Be(
                code == 0
                    ? ""
                    : "error ONE-BEAT beat, worker: 'app/docker/async.sh', which 'worker' runs, schedules tasks too, so each is sent twice. "
                        + "Take --beat (-B) out of the script, or set infra:services.beat.enabled to false.\n"
            );
    }

    [Theory]
    [InlineData("worker", "/app/docker/async.sh")]
    [InlineData("worker", "docker/async.sh")]
    [InlineData("worker", "bash docker/start-async")]
    [InlineData("worker", "start-async")]
    [InlineData("worker", "[sh, -c, \"./docker/start-async\"]")]
    [InlineData("worker", "docker/nested.sh")]
    [InlineData("web", "docker/async.sh")]
    public async Task A_script_that_schedules_is_found_by_any_name(string service, string command)
    {
        foreach (var script in new[] { "async.sh", "start-async" })
            run.Write($"app/docker/{script}", "#!/bin/sh\ncelery -A saleor --app=saleor.celeryconf:app worker --loglevel=info -EB\n");
        run.Write("app/docker/nested.sh", "#!/bin/sh\nset -e\nexec ./docker/start-async \"$@\"\n");
        run.Write("Pulumi.dev.yaml", $"config:\n  infra:environment: dev\n  infra:services: {{ {service}: {{ command: {command} }} }}\n");

        (await run.RunAsync("check", "dev")).Should().Be(1, run.Error);

        run.Error.Should().Contain($"error ONE-BEAT beat, {service}: 'app/docker/");
    }

    [Fact]
    public async Task Two_scripts_that_schedule_are_one_too_many()
    {
        foreach (var script in new[] { "one.sh", "two.sh" })
            run.Write($"app/docker/{script}", "celery -A shop worker -B\n");
        run.Write(
            "Pulumi.dev.yaml",
            "config:\n  infra:environment: dev\n  infra:services:\n    web: { command: docker/one.sh }\n"
                + "    worker: { command: docker/two.sh }\n    beat: { enabled: false }\n"
        );

        (await run.RunAsync("check", "dev")).Should().Be(1, run.Error);

        run.Error.Should().Contain("error ONE-BEAT web, worker: ");
    }

    [Fact]
    public async Task A_script_that_calls_itself_is_read_once()
    {
        run.Write("app/docker/round.sh", "exec docker/round.sh\n");
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:services: {worker: { command: docker/round.sh }}\n");

        (await run.RunAsync("check", "dev")).Should().Be(0, run.Error);
    }

    [Fact]
    public async Task A_stack_may_do_without_beat()
    {
        run.Write("app/docker/async.sh", "celery -A taiga worker -B\n");
        run.Write(
            "Pulumi.dev.yaml",
            "config:\n  infra:environment: dev\n  infra:services: {worker: { command: /app/docker/async.sh }, beat: { enabled: false }}\n"
        );

        (await run.RunAsync("check", "dev")).Should().Be(0, run.Error);

        run.Out.Should().StartWith("shop-dev: 5 services,");
    }

    [Theory]
    [InlineData(ImageSource.Registry, "/wait.sh")]
    [InlineData(ImageSource.Debian, "/debian.sh")]
    public async Task Exported_secrets_are_there_for_the_images_own_entrypoint(ImageSource images, string entrypoint)
    {
        run.Write("app/Dockerfile", "FROM scratch AS base\nENTRYPOINT [\"/wait.sh\", \"-q\"]\nFROM base\nUSER 1000\n");
        run.Write("app/debian.Dockerfile", "ARG BASE\nFROM ${BASE}\nENTRYPOINT [\"/debian.sh\", \"-q\"]\n");
        run.Write(
            "Pulumi.dev.yaml",
            "config:\n  infra:environment: dev\n  infra:app: { delivery: export }\n  infra:services: {worker: { command: [celery, worker] }}\n"
        );

        var worker = (await StackFactory.GatherAsync(StackLoader.Read(run.Workspace, "dev").Settings, images)).Find("worker")!;

        worker.Entrypoint[..2].Should().Equal("sh", "-c");
        worker.Entrypoint[2].Should().Contain("export DATABASE_URL").And.EndWith("exec \"$@\"");
        worker.Entrypoint[3..].Should().Equal("--", entrypoint, "-q");
        worker.Command.Should().EndWith(["celery", "worker"]).And.NotContain("-c");
    }

    [Theory]
    [InlineData(ImageSource.Registry, "/usual.sh")]
    [InlineData(ImageSource.Debian, "/debian.sh")]
    public async Task Exported_secrets_are_there_for_the_command_of_the_Dockerfile_that_is_built(ImageSource images, string command)
    {
        run.Write("app/Dockerfile", "FROM scratch\nUSER 1000\nCMD [\"/usual.sh\"]\n");
        run.Write("app/debian.Dockerfile", "ARG BASE\nFROM ${BASE}\nCMD [\"/debian.sh\"]\n");
        run.WriteExactly(
            "Pulumi.dev.yaml",
            "config:\n  infra:environment: dev\n  infra:app: { delivery: export, secrets: [KEY] }\n  infra:services: { web: { reload: false } }\n"
        );

        var web = (await StackFactory.GatherAsync(StackLoader.Read(run.Workspace, "dev").Settings, images)).Find("web")!;

        web.Command[..2].Should().Equal("sh", "-c");
        web.Command[4..].Should().Equal(command);
    }

    [Theory]
    [InlineData(ImageSource.Registry)]
    [InlineData(ImageSource.Debian)]
    public async Task The_entrypoint_that_is_written_of_a_published_image_is_there_wherever_others_come_from(ImageSource images)
    {
        run.WriteExactly(
            "Pulumi.dev.yaml",
            "config:\n  infra:environment: dev\n  infra:app: { image: \"ghcr.io/acme/shop:1.4\", entrypoint: /wait.sh, delivery: export, "
                + "secrets: [KEY] }\n  infra:services: { web: { command: serve } }\n"
        );

        var web = (await StackFactory.GatherAsync(StackLoader.Read(run.Workspace, "dev").Settings, images)).Find("web")!;

        web.Entrypoint[^1].Should().Be("/wait.sh");
        web.Command.Should().Equal("serve");
    }

    [Fact]
    public async Task The_entrypoint_of_another_Dockerfile_is_not_taken_for_a_services_own()
    {
        run.Write("app/Dockerfile", "FROM scratch\nUSER 1000\nENTRYPOINT [\"/wait.sh\"]\n");
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:system: creator-hub\n  infra:app: { delivery: export }\n");

        var auth = (await StackFactory.GatherAsync(StackLoader.Read(run.Workspace, "dev").Settings)).Find("auth-service")!;

        auth.Entrypoint.Should().BeEmpty();
    }

    [Fact]
    public async Task Without_an_entrypoint_they_are_exported_before_the_command()
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:app: { delivery: export }\n");

        var web = (await StackFactory.GatherAsync(StackLoader.Read(run.Workspace, "dev").Settings)).Find("web")!;

        web.Entrypoint.Should().BeEmpty();
        web.Command[..2].Should().Equal("sh", "-c");
    }
}
