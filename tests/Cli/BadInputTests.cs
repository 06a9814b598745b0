using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class BadInputTests : IDisposable
{
    private const string Verbs =
        "Verbs: preview, compose, graph, check, import, diff, up, down, restart, status, logs, watch, exec, run, pin, dockerfile, "
        + "build, bake, unused, releases, rollback, backup, restore, rotate, heal, doctor.";

    private const string MovingTag =
        "error PINNED-IMAGE redis: the tag of 'redis:7' moves: another day it is another image. "
        + "Name an exact version, at least major.minor, or add a digest.";

    private readonly CommandLineRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public Task An_unknown_verb() =>
        run.RefusesAsync(
            "previw: There is no such command. Did you mean 'preview'? Commands: preview, compose, graph, check, import, diff, up, down, "
                + "restart, status, logs, watch, exec, run, pin, dockerfile, build, bake, unused, releases, rollback, maintenance, backup, "
                + "restore, rotate, heal, doctor.",
            "previw",
            "dev"
        );

    [Fact]
    public Task No_verb() =>
        run.RefusesAsync(
            "./infra.sh: A command is missing. Commands: preview, compose, graph, check, import, diff, up, down, restart, status, "
                + "logs, watch, exec, run, pin, dockerfile, build, bake, unused, releases, rollback, maintenance, backup, restore, rotate, heal, "
                + "doctor.",
            "--verbose"
        );

    [Theory]
    [InlineData("preview")]
    [InlineData("compose")]
    [InlineData("graph")]
    [InlineData("check")]
    [InlineData("up")]
    [InlineData("down")]
    [InlineData("status")]
    [InlineData("logs")]
    [InlineData("watch")]
    public Task An_unknown_stack(string verb) => run.RefusesAsync(
        "Pulumi.pord.yaml: There is no stack 'pord'. Did you mean 'prod'? Stacks here: dev, prod.", verb, "pord");

    [Fact]
    public Task A_project_without_stacks()
    {
        File.Delete(run.PathOf("Pulumi.dev.yaml"));
        File.Delete(run.PathOf("Pulumi.prod.yaml"));

        return run.RefusesAsync(
            "Pulumi.dev.yaml: There is no stack 'dev'. Write this file, with 'config:' and 'infra:environment: dev'.",
            "check",
            "dev"
        );
    }

    [Fact]
    public Task A_project_without_a_name()
    {
        run.Write("Pulumi.yaml", "runtime: dotnet\n");

        return run.RefusesAsync("Pulumi.yaml: It has no 'name'. Give the project one, such as 'name: shop'.", "check", "dev");
    }

    [Fact]
    public Task No_stack() => run.RefusesAsync("""
        preview: Required argument missing for command: 'preview'.
        See './infra.sh preview --help'.
        """, "preview");

    [Fact]
    public Task An_unknown_option() => run.RefusesAsync("""
        preview: Unrecognized command or argument '--fromat'.
        See './infra.sh preview --help'.
        """, "preview", "dev", "--fromat");

    [Theory]
    [InlineData("preview", "--format", "markdwon", "text, markdown, json. Did you mean 'markdown'?")]
    [InlineData("graph", "--format", "png", "mermaid, svg. Did you mean 'svg'?")]
    [InlineData("up", "--engine", "podman-4", "auto, compose, pulumi.")]
    [InlineData("up", "--images", "debain", "auto, registry, debian. Did you mean 'debian'?")]
    public Task A_word_that_an_option_does_not_know(string verb, string option, string word, string known) => run.RefusesAsync($"""
        {verb}: {option}: '{word}' is not one of {known}
        See './infra.sh {verb} --help'.
        """, verb, "dev", option, word);

    [Fact]
    public Task Settings_that_are_wrong_all_at_once()
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:services:\n    web:\n      port: x\n      memroy: 1GiB\n");

        return run.RefusesAsync("""
            Pulumi.dev.yaml infra:environment: It is not set. Set it to dev or prod.
            Pulumi.dev.yaml:4:7 infra:services.web.port: 'x' is not a whole number from 1 to 65535. Write a whole number from 1 to 65535.
            Pulumi.dev.yaml:5:7 infra:services.web.memroy: There is no such setting. Did you mean 'memory'?
            """, "up", "dev");
    }

    [Fact]
    public Task Settings_and_rules_in_one_round()
    {
        run.Write("Pulumi.dev.yaml", """
            config:
              infra:environment: dev
              infra:services:
                web: { port: 80, memory: lots, command: uvicorn shop.main:app --host 127.0.0.1 }
                postgres: { port: 5432 }
                redis: { image: "redis:7", port: 5432 }
              infra:containerNames: { wroker: a1 }
              infra:prxoy: {}

            """);

        return run.RefusesAsync(
            "Pulumi.dev.yaml:4:22 infra:services.web.memory: 'lots' is not a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB. "
                + "Write a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB.\n"
                + "Pulumi.dev.yaml:11:3 infra:prxoy: There is no such setting. Did you mean 'proxy'?\n"
                + $"{MovingTag}\n"
                + "error NO-PORT-CLASH redis: it publishes 127.0.0.1:5432/tcp, and 'postgres' publishes 127.0.0.1:5432/tcp. "
                + "Give one of them another port on the host.\n"
                + "error SETTINGS infra:containerNames.wroker: The stack has no such service. Did you mean 'worker'?",
            "up", "dev");
    }

    [Fact]
    public Task What_a_component_says_is_told_with_its_place()
    {
        run.Write("Pulumi.dev.yaml", """
            config:
              infra:environment: dev
              infra:app: { delivery: export, build: { runtime: distroless } }
              infra:services:
                postgres: { image: "example/database:latest" }
                redis: { image: "redis:7" }

            """);

        return run.RefusesAsync(
            "Pulumi.dev.yaml:3:16 infra:app.delivery: Secrets are exported by a shell, and a distroless image has none. "
                + "Set it to file, or infra:app.build's runtime to slim.\n"
                + "Pulumi.dev.yaml:5:17 infra:services.postgres.image: The Postgres image 'example/database:latest' does not tell its major version. "
                + "Set infra:services.postgres.major to it, such as 18.\n"
                + MovingTag,
            "check", "dev");
    }

    [Theory]
    [InlineData(
        "app/src/shop/main.py",
        "app/src/other/main.py",
        "warning FILES web: It runs 'shop.main:app', and no 'shop' is in 'app'. Name your application's own in infra:services.web.command.\n"
            + "warning FILES worker, beat: It runs 'shop.celery_app', and no 'shop' is in 'app'. Name your application's own in infra:app.celery.\n"
    )]
    [InlineData("app/src/shop/main.py", "app/shop.py", "")]
    public async Task The_samples_modules_are_not_taken_for_everybodys(string gone, string here, string message)
    {
        File.Move(run.PathOf(gone), run.PathOf("moved"));
        Directory.Delete(Path.GetDirectoryName(run.PathOf(gone))!);
        run.Write(here, "");

        (await run.RunAsync("check", "dev")).Should().Be(0, run.Error);

        run.Error.Should().Be(message);
    }

    [Fact]
    public async Task Broken_YAML_is_told_with_its_place()
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:services: {web: {port: 80\n");

        (await run.RunAsync("up", "dev")).Should().Be(2);

        run.Error.Should().MatchRegex(@"^Pulumi\.dev\.yaml:\d+:\d+: This is not YAML: [^\n]+ Fix the line, or the one before it\.\n$");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public Task A_settings_file_that_is_no_map()
    {
        run.Write("Pulumi.dev.yaml", "- a\n- b\n");

        return run.RefusesAsync("Pulumi.dev.yaml:1:1: This is not a map of keys to values. Begin with 'config:'.", "check", "dev");
    }

    [Fact]
    public Task A_setting_that_is_there_twice()
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:environment: prod\n");

        return run.RefusesAsync("Pulumi.dev.yaml:3:3: The key 'infra:environment' is there twice. Drop one of the two.", "check", "dev");
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("graph")]
    [InlineData("preview")]
    public Task A_place_that_cannot_be_written(string verb)
    {
        var place = run.PathOf("app/Dockerfile/out");

        return run.RefusesAsync($"{place}: It cannot be written: {Reason(place)} Choose another place with --output.", verb, "dev", "-o", place);
    }

    [Fact]
    public Task A_state_folder_that_cannot_be_written()
    {
        run.Write(".infra", "a file in the way");

        return run.RefusesAsync(
            $".infra/dev: It cannot be written: {Reason(run.PathOf(".infra/dev/x"))} Make it a folder of yours, and run the same command again.",
            "up",
            "dev"
        );
    }

    [Fact]
    public Task Pulumi_where_it_is_not() => run.RefusesAsync(
        "pulumi: There is no 'pulumi' on the PATH. Install the Pulumi CLI, or use --engine compose.", "up", "dev", "--engine", "pulumi");

    private static string Reason(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            return "nothing";
        }
        catch (IOException error)
        {
            return error.Message;
        }
    }
}
