using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Tests.Components;

public sealed class AppServiceTests
{
    private static readonly ServiceSpec Database = Postgres.Describe("postgres", new PostgresArgs { Password = new Secret("pg") });
    private static readonly ServiceSpec Broker = RabbitMq.Describe("rabbitmq", new RabbitMqArgs { Password = new Secret("rabbit") });
    private static readonly Reload Reload = new("app", "/app", ["modules", "core", "shared"]);

    private static readonly Reload Watchfiles = Reload with { Reloader = Reloader.Watchfiles };

    private static readonly WebArgs WebArgs = new()
    {
        Image = new BuiltImage("app", "app"),
        Needs = [Database.As("DATABASE_URL"), Broker.As("BROKER_URL")],
        Command = ["uvicorn", "shop.main:app"],
    };

    private static readonly WorkerArgs WorkerArgs = new() { Image = WebArgs.Image, Needs = WebArgs.Needs, App = "shop.celery_app" };

    [Fact]
    public void What_it_needs_brings_its_address_its_secret_and_the_wait()
    {
        var web = Web.Describe("web", WebArgs);

        web.Environment["DATABASE_URL_FILE"].ToString().Should().Be("/run/secrets/database-url");
        web.Files.Single(file => file.Name == "database-url").Content.ToString().Should().Be("postgresql://app:<pg>@postgres:5432/app");
        web.WaitsFor.Should().Equal(new Wait("postgres"), new Wait("rabbitmq"));
    }

    [Fact]
    public void A_service_that_is_needed_twice_is_waited_for_once() =>
        Web.Describe("web", WebArgs with { Needs = [Database.As("A"), Database.As("B", path: "/other")] })
            .WaitsFor.Should()
            .Equal(new Wait("postgres"));

    [Fact]
    public void A_drivers_own_scheme_replaces_the_usual_one()
        => Web.Describe("web", WebArgs with { Needs = [Database.As("DATABASE_URL", scheme: "postgresql+psycopg")] }).Files.Single().Content.ToString()
            .Should().StartWith("postgresql+psycopg://");

    [Fact]
    public void A_service_without_an_address_cannot_be_connected_to()
        => FluentActions.Invoking(() => Worker.Describe("worker", WorkerArgs).As("URL"))
            .Should().Throw<ArgumentException>().WithMessage("'worker' offers no address, so URL cannot lead to it.");

    [Fact]
    public void Secrets_can_be_exported_by_the_process_that_becomes_the_application()
    {
        var web = Web.Describe("web", WebArgs with
        {
            Needs = [],
            Secrets = ImmutableSortedDictionary<string, Secret>.Empty.Add("STRIPE_KEY", new Secret("stripe-key")),
            Delivery = SecretDelivery.Export,
        });

        web.Command.Should()
            .Equal(
                "sh",
                "-c",
                "STRIPE_KEY=\"$(cat /run/secrets/stripe-key && echo .)\" || exit; export STRIPE_KEY=\"${STRIPE_KEY%.}\"; exec \"$@\"",
                "--",
                "uvicorn",
                "shop.main:app"
            );
        web.Environment.Keys.Should().NotContain(name => name.StartsWith("STRIPE", StringComparison.Ordinal));
        web.WithPrefix(["migrate"])
            .Should()
            .Equal(
                "sh",
                "-c",
                "STRIPE_KEY=\"$(cat /run/secrets/stripe-key && echo .)\" || exit; export STRIPE_KEY=\"${STRIPE_KEY%.}\"; exec \"$@\"",
                "--",
                "migrate"
            );
    }

    [Fact]
    public void Migrations_come_before_the_server_and_waits_before_both()
    {
        var web = Web.Describe("web", new()
        {
            Image = WebArgs.Image,
            Command = ["gunicorn", "shop.wsgi"],
            First = ["python", "manage.py", "migrate"],
            StartupWaits = StartupWaits.For(30, new WaitTarget("db", "tcp://db:5432")),
            Delivery = SecretDelivery.Export,
            Secrets = ImmutableSortedDictionary<string, Secret>.Empty.Add("KEY", new Secret("key")),
        });

        web.Command.Should().Equal(
            "sh", "-c", "KEY=\"$(cat /run/secrets/key && echo .)\" || exit; export KEY=\"${KEY%.}\"; exec \"$@\"", "--",
            "python3", "/run/configs/wait-for-services.py", "db:tcp://db:5432", "--timeout", "30", "--",
            "sh", "-c", "python manage.py migrate && exec \"$@\"", "--", "gunicorn", "shop.wsgi");
    }

    [Fact]
    public void Its_own_variables_win_over_the_usual_ones() =>
        Web.Describe("web", WebArgs with { Environment = Variables.From(("PYTHONUNBUFFERED", "0")) })
            .Environment["PYTHONUNBUFFERED"]
            .ToString()
            .Should()
            .Be("0");

    [Fact]
    public void A_reload_keeps_loaded_what_is_not_the_applications_own()
    {
        var web = Web.Describe("web", WebArgs with { Reload = Reload });

        web.Command.Should().Equal("python3", "/run/configs/reload.py", "/app/modules", "/app/core", "/app/shared", "--", "uvicorn", "shop.main:app");
        web.Files.Should().Contain(Infra.Components.Parts.Reload.Program);
        Web.Describe("web", WebArgs).Files.Should().NotContain(Infra.Components.Parts.Reload.Program);
    }

    [Fact]
    public void A_workers_new_start_does_not_wait_for_the_task_that_its_old_one_finishes() =>
        Worker
            .Describe("worker", WorkerArgs with { Reload = Reload })
            .Command.Should()
            .StartWith(["python3", "/run/configs/reload.py", "--overlap", "/app/modules"]);

    [Fact]
    public void The_images_own_command_is_reloaded_where_it_is_known_and_runs_the_images_code_where_it_is_not()
    {
        var known = Web.Describe("web", WebArgs with { Command = [], ImageCommand = ["serve", "--port", "80"], Reload = Reload });
        var unknown = Web.Describe("web", WebArgs with { Command = [], Reload = Reload });

        known.Command.Should().EndWith(["--", "serve", "--port", "80"]).And.Contain(Infra.Components.Parts.Reload.Program.Path);
        known.Mounts.OfType<BindMount>().Should().NotBeEmpty();
        unknown.Command.Should().BeEmpty();
        unknown.Mounts.OfType<BindMount>().Should().BeEmpty();
        unknown.Files.Should().NotContain(Infra.Components.Parts.Reload.Program);
    }

    [Fact]
    public void Uvicorn_can_reload_itself() =>
        Web.Describe("web", WebArgs with { Reload = Watchfiles with { Folders = ["src"] } })
            .Command.TakeLast(3)
            .Should()
            .Equal("--reload", "--reload-dir", "/app/src");

    [Fact]
    public void Any_other_server_can_be_started_again_by_watchfiles() =>
        Web.Describe("web", WebArgs with { Command = ["python3", "manage.py", "run server"], Reload = Watchfiles with { Folders = ["src"] } })
            .Command.Should()
            .Equal("watchfiles", "--filter", "python", "python3 manage.py 'run server'", "/app/src");

    [Fact]
    public void A_worker_watches_its_source_folders_and_nothing_else()
    {
        var command = Worker.Describe("worker", WorkerArgs with { Reload = Watchfiles }).Command;

        command.Should().StartWith(["watchfiles", "--filter", "python"]);
        command.TakeLast(3).Should().Equal("/app/modules", "/app/core", "/app/shared");
        command[3].Should().Be("celery -A shop.celery_app worker --loglevel=info --concurrency=2 --without-mingle --without-gossip");
        command.Should().NotContain(word => word.Contains("--autoreload", StringComparison.Ordinal));
    }

    [Fact]
    public void Mounted_code_is_read_only_and_outside_production_only()
    {
        Web.Describe("web", WebArgs with { Reload = Reload }).Mounts.OfType<BindMount>()
            .Should().Equal(Reload.Folders.Select(folder => new BindMount($"app/{folder}", $"/app/{folder}", ReadOnly: true)));
        Web.Describe("web", WebArgs).Mounts.OfType<BindMount>().Should().BeEmpty();
    }

    [Fact]
    public void Synced_code_is_watched_instead_of_mounted()
    {
        var web = Web.Describe("web", WebArgs with { Reload = Reload with { Mode = ReloadMode.Sync, Folders = ["src"] } });

        web.Mounts.OfType<BindMount>().Should().BeEmpty();
        web.Watch.Should().ContainSingle(rule => rule.Action == WatchAction.Sync)
            .Which.Should().BeEquivalentTo(new WatchRule(WatchAction.Sync, "app/src") { Target = "/app/src", Ignore = Reload.Ignore });
    }

    [Fact]
    public void A_change_of_dependencies_rebuilds_the_shared_image_once()
    {
        Web.Describe("web", WebArgs with { Reload = Reload })
            .Watch.Select(rule => (rule.Action, rule.Path))
            .Should()
            .Equal((WatchAction.Rebuild, "app/Dockerfile"), (WatchAction.Rebuild, "app/uv.lock"), (WatchAction.Rebuild, "app/pyproject.toml"));
        Web.Describe("web", WebArgs with { Reload = Reload, Image = new PinnedImage("acme/shop", "1.0") }).Watch.Should().BeEmpty("nothing is built");
        Worker.Describe("worker", WorkerArgs with { Reload = Reload }).Watch.Should().BeEmpty();
    }
}
