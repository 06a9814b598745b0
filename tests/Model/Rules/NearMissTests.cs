using System.Collections.Immutable;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Model.Rules;

/// <summary>What looks like a fault to a rule that is too eager.</summary>
public sealed class NearMissTests
{
    private static readonly Port[] Open = [new Port(443, 443) { Address = "0.0.0.0" }];

    [Theory]
    [InlineData("17.6-alpine")]
    [InlineData("v2.55.1")]
    [InlineData("0.8.0-pg17")]
    [InlineData("15-3.3")]
    [InlineData("RELEASE.2025-04-22T22-12-26Z")]
    [InlineData("main-3f2a9c1")]
    [InlineData("7@sha256:ab")]
    public void An_exact_tag_is_pinned(string tag)
        => Passes("PINNED-IMAGE", Specs.Service("it") with { Image = PinnedImage.Parse("example/it:" + tag) });

    [Theory]
    [InlineData("latest")]
    [InlineData("16-alpine")]
    [InlineData("stable")]
    [InlineData("main")]
    [InlineData("alpine3.19")]
    public void A_moving_tag_is_not(string tag) => BrokenTopologies.Rule("PINNED-IMAGE")
        .Check(Specs.Topology(Specs.Service("it") with { Image = new PinnedImage("example/it", tag) })).Should().ContainSingle();

    [Theory]
    [InlineData("local")]
    [InlineData("syslog")]
    public void A_log_that_the_engine_bounds_or_sends_away_is_bounded(string driver) =>
        Passes("LOG-ROTATION", Specs.Service("it") with { Logging = new Logging(driver) });

    [Theory]
    [InlineData("curl -f localhost || exit 1")]
    [InlineData("ping && true")]
    [InlineData("test $(( 2 - 1 )) -lt 30")]
    public void A_probe_that_can_fail_is_one(string script) => Passes("HEALTHCHECK", Specs.Web() with { Health = HealthCheck.Shell(script) });

    [Theory]
    [InlineData("celery -A shop worker -Q arq,rq")]
    [InlineData("python3 manage.py celery worker")]
    [InlineData("/app/start-worker.sh")]
    public void A_probe_that_asks_Celery_may_be_Celerys(string command) => Passes("HEALTHCHECK",
        Specs.Worker() with { Health = HealthCheck.Shell("celery inspect ping"), Command = ["sh", "-c", command] });

    [Fact]
    public void Another_task_queue_may_have_a_probe_of_its_own() => Passes("HEALTHCHECK", Specs.Worker() with { Command = ["rq", "worker"] });

    [Theory]
    [InlineData("ACCESS_TOKEN_EXPIRE_MINUTES", "30")]
    [InlineData("DB_PASSWORD_FILE", "/run/secrets/db")]
    [InlineData("ALLOW_EMPTY_PASSWORD", "yes")]
    [InlineData("SECRET_KEY", "")]
    [InlineData("BROKER", "amqp://rabbitmq:5672//")]
    [InlineData("AUTHENTIK_SECRET_KEY", "file:///run/secrets/x")]
    [InlineData("DB_PASSWORD", "cat /run/secrets/y")]
    [InlineData("DB_PASSWORD_CMD", "cat /run/secrets/y")]
    [InlineData("GF_SECURITY_ADMIN_PASSWORD", "$__file{/run/secrets/grafana}")]
    [InlineData("PASSWORD_HASHERS", "argon2")]
    [InlineData("ACCESS_TOKEN_EXPIRE", "30")]
    [InlineData("TOKEN_BUCKET_SIZE", "100")]
    [InlineData("CACHE_KEY", "shop")]
    [InlineData("SORT_KEY", "created")]
    [InlineData("PRIMARY_KEY", "id")]
    [InlineData("RECAPTCHA_SITE_KEY", "6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI")]
    [InlineData("BROKER", "amqp://app:${PASSWORD}@rabbitmq")]
    public void A_variable_without_a_credential_may_stand(string name, string value)
        => Passes("SECRETS-NOT-IN-ENV", Specs.Web() with { Environment = Variables.From((name, value)) });

    [Theory]
    [InlineData("DB_PASS", "hunter2")]
    [InlineData("POSTGRES_PASSWORD", "1234")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI")]
    [InlineData("SECRET_KEY_BASE", "abc")]
    [InlineData("DJANGO_SECRET_KEY", "change me")]
    [InlineData("STRIPE", "sk_live_abcdefgh12345678")]
    [InlineData("CACHE_URL", "redis://:hunter2@redis:6379")]
    public void A_credential_is_found_by_its_name_or_its_look(string name, string value) =>
        BrokenTopologies
            .Rule("SECRETS-NOT-IN-ENV")
            .Check(Specs.Topology(Specs.Web() with { Environment = Variables.From((name, value)) }))
            .Should()
            .ContainSingle();

    [Fact]
    public void A_credential_of_several_services_is_found_once() =>
        BrokenTopologies
            .Rule("SECRETS-NOT-IN-ENV")
            .Check(
                Specs.Topology([
                    .. new[] { Specs.Web(), Specs.Worker() }.Select(service => service with { Environment = Variables.From(("API_TOKEN", "abc")) }),
                ])
            )
            .Should()
            .ContainSingle()
            .Which.Where.Should()
            .Be("web, worker");

    [Fact]
    public void What_is_known_to_be_public_may_look_like_a_credential() =>
        Passes(
            "SECRETS-NOT-IN-ENV",
            Specs.Web() with
            {
                Environment = Variables.From(("MAP_TOKEN", "abc")),
                Image = Specs.App with { Args = Specs.App.Args.Add("MAP_TOKEN", "abc") },
                Public = ["MAP_TOKEN"],
            }
        );

    [Fact]
    public void A_proxy_may_be_open_to_everybody() => Passes("LOOPBACK-PORTS", Specs.Service("proxy", ServiceRole.Proxy) with { Ports = [.. Open] });

    [Theory]
    [InlineData("uvicorn shop.main:app --host 0.0.0.0")]
    [InlineData("python -m uvicorn shop.main:app --host=::")]
    [InlineData("uvicorn shop.main:app --uds /run/shop.sock")]
    [InlineData("gunicorn shop.wsgi -b0.0.0.0:8000 -k uvicorn.workers.UvicornWorker")]
    [InlineData("gunicorn shop.wsgi --bind 127.0.0.1:9000 --bind 0.0.0.0:8000")]
    [InlineData("gunicorn shop.wsgi --config=gunicorn.conf.py")]
    [InlineData("daphne -b 0.0.0.0 -p 8000 shop.asgi:application")]
    [InlineData("python manage.py runserver 0:8000")]
    [InlineData("serve --host localhost")]
    public void A_server_that_others_reach_is_one(string command) => Passes("REACHABLE", Specs.Web() with { Command = [.. command.Split(' ')] });

    [Theory]
    [InlineData("/opt/venv/bin/uvicorn shop.main:app --host=localhost")]
    [InlineData("gunicorn shop.wsgi -b127.0.0.1:8000")]
    [InlineData("hypercorn shop.main:app --bind [::1]:8000")]
    [InlineData("uvicorn shop.main:app --host ::1")]
    [InlineData("python manage.py runserver localhost:8000")]
    public void A_server_on_loopback_is_not(string command) =>
        BrokenTopologies
            .Rule("REACHABLE")
            .Check(Specs.Topology(Specs.Web() with { Command = [.. command.Split(' ')] }))
            .Should()
            .ContainSingle()
            .Which.Severity.Should()
            .Be(Severity.Error);

    [Fact]
    public void A_server_behind_another_one_in_its_container_may_listen_there() => Passes("REACHABLE",
        Specs.Web() with { Command = ["sh", "-c", "gunicorn -b 127.0.0.1:9000 shop.wsgi & exec nginx"], Endpoint = new("http", "web", 8000) });

    [Fact]
    public void A_server_may_be_told_its_address_by_a_variable() => Passes("REACHABLE",
        Specs.Web() with { Command = ["uvicorn", "shop.main:app"], Environment = Variables.From(("UVICORN_HOST", "0.0.0.0")) });

    [Fact]
    public void Different_addresses_and_protocols_do_not_clash() => Passes("NO-PORT-CLASH",
        Specs.Web() with { Ports = [new Port(53, 53), new Port(53, 53) { Protocol = "udp" }, new Port(53, 53) { Address = "127.0.0.2" }] });

    [Fact]
    public void Monitoring_may_read_the_host() =>
        Passes(
            "UNPRIVILEGED",
            Specs.Service("node", ServiceRole.Monitoring) with
            {
                Mounts = [new BindMount("/proc", "/host/proc", ReadOnly: true), new BindMount("/", "/host", ReadOnly: true)],
            }
        );

    [Theory]
    [InlineData("celery -A shop worker")]
    [InlineData("celery -A shop worker --hostname=mail@%h")]
    [InlineData("gunicorn shop.wsgi -n shop")]
    public void There_may_be_several_of_what_is_nowhere_there_only_once(string command) =>
        Passes("REPLICAS", Specs.Worker() with { Replicas = 3, Command = ["sh", "-c", command] }, Specs.Worker("worker-mail"));

    [Fact]
    public void Two_applications_may_have_a_beat_each() => Passes("ONE-BEAT",
        Specs.Beat(), Specs.Beat("other-beat") with { Image = new BuiltImage("other", "other") });

    [Theory]
    [InlineData("celery -A shop worker -l info")]
    [InlineData("celery -A shop worker -lB")]
    [InlineData("celery -A shop worker --autoscale=4,1 -Q -B")]
    [InlineData("celery -A beat worker")]
    [InlineData("tool -B && celery -A shop worker")]
    [InlineData("celery -A shop -b redis://r/0?a=1&b=2 worker")]
    [InlineData("celery -A shop inspect -B")]
    [InlineData("rq worker -B")]
    public void A_worker_that_only_works_is_no_beat(string command)
        => Passes("ONE-BEAT", Specs.Beat(), Specs.Worker() with { Command = ["sh", "-c", command] });

    [Theory]
    [InlineData("celery -A shop --app=shop.celeryconf:app worker --loglevel=info -B")]
    [InlineData("celery -A shop worker --beat")]
    [InlineData("celery -A shop worker -EB")]
    [InlineData("celery -A shop worker -BEl info")]
    [InlineData("/opt/venv/bin/celery -A shop worker -B")]
    [InlineData("celery --broker redis://redis -q worker -B")]
    [InlineData("celery multi start one -A shop -B")]
    [InlineData("wait-for db; exec celery -A shop worker -B; true")]
    [InlineData("celery -A shop worker & celery -A shop beat")]
    public void A_worker_that_schedules_is_a_beat(string command)
    {
        Found(["sh", "-c", command]);
        Found([.. command.Split(' ')]);
        Found(["watchfiles", "--filter", "python", $"sh -c '{command}'"]);

        void Found(ImmutableArray<string> arguments) =>
            BrokenTopologies
                .Rule("ONE-BEAT")
                .Check(Specs.Topology(Specs.Beat(), Specs.Worker() with { Command = arguments }))
                .Should()
                .ContainSingle()
                .Which.Where.Should()
                .Be("beat, worker");
    }

    [Fact]
    public void State_may_lie_below_its_volume() => Passes("PERSISTENT-STATE",
        Specs.Store("db", ServiceRole.Database) with { StatePaths = ["/data/18/main"] });

    [Fact]
    public void A_diamond_of_waits_is_no_circle() =>
        Passes(
            "NO-CYCLES",
            Specs.Service("a"),
            Specs.Service("b").Waits(new Wait("a")),
            Specs.Service("c").Waits(new Wait("a")),
            Specs.Service("d").Waits(new("b"), new("c"))
        );

    private static void Passes(string rule, params ServiceSpec[] services)
        => BrokenTopologies.Rule(rule).Check(Specs.Topology(services)).Should().BeEmpty();
}
