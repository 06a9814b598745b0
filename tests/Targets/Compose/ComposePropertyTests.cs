using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Tests.Targets.Compose;

public sealed class ComposePropertyTests
{
    private static readonly ServiceSpec Plain = Samples.Plain;
    private static readonly Volume Data = new("data");

    public static TheoryData<string, ServiceSpec> Lines =>
        new()
        {
            { "    image: shop:1\n", Plain },
            { "    container_name: shop-dev-web\n", Plain },
            { "    container_name: own\n", Plain with { ContainerName = "own" } },
            { "    hostname: rabbit\n", Plain with { Hostname = "rabbit" } },
            { "    entrypoint: [\"tini\", \"--\"]\n", Plain with { Entrypoint = ["tini", "--"] } },
            { "    command: [\"sh\", \"-c\", \"echo $$HOME\"]\n", Plain with { Command = ["sh", "-c", "echo $HOME"] } },
            { "    working_dir: /srv\n", Plain with { WorkingDirectory = "/srv" } },
            {
                "    environment:\n      A: \"1\"\n      B: x$$y\n      C: \"yes\"\n",
                Plain with
                {
                    Environment = Variables.From(("C", "yes"), ("B", "x$y"), ("A", "1")),
                }
            },
            {
                "    ports:\n      - \"127.0.0.1:8080:80\"\n      - \"[::1]:53:53/udp\"\n",
                Plain with
                {
                    Ports = [new Port(80, 8080), new Port(53, 53) { Address = "::1", Protocol = "udp" }],
                }
            },
            {
                "    volumes:\n      - data:/data\n      - data:/copy:ro\n",
                Plain with
                {
                    Mounts = [new VolumeMount(Data, "/data"), new VolumeMount(Data, "/copy", ReadOnly: true)],
                }
            },
            {
                "      - type: bind\n        source: ./src\n        target: /src\n"
                    + "        read_only: true\n        bind:\n          create_host_path: false\n",
                Plain with
                {
                    Mounts = [new BindMount("src", "/src", ReadOnly: true)],
                }
            },
            {
                "    tmpfs:\n      - /tmp:size=64m,mode=1777\n      - /run:size=1000,mode=1777\n",
                Plain with
                {
                    Mounts = [new TmpfsMount("/tmp", Size.MiB(64)), new TmpfsMount("/run", new Size(1000))],
                }
            },
            { "    networks:\n      - back\n      - front\n", Plain with { Networks = [new Network("back"), new Network("front")] } },
            {
                "    networks:\n      back:\n        aliases:\n          - db\n      front: {}\n",
                Plain with
                {
                    Networks = [new NetworkAttachment(new Network("back"), ["db"]), new Network("front")],
                }
            },
            {
                "networks:\n  back:\n    name: shop-dev-back\n    internal: true\n    labels: *labels\n",
                Plain with
                {
                    Networks = [new Network("back", Internal: true)],
                }
            },
            { "networks:\n  default:\n    name: shop-dev-default\n", Plain },
            {
                "      test: [\"CMD\", \"sh\", \"-c\", 'test \"$$A\"']\n      interval: 1m30s\n"
                    + "      timeout: 5s\n      retries: 3\n      start_period: 1m\n      start_interval: 250ms\n",
                Plain with
                {
                    Health = HealthCheck.Shell("test \"$A\"") with { Interval = TimeSpan.FromSeconds(90) },
                }
            },
            {
                "    depends_on:\n      a:\n        condition: service_started\n      b:\n"
                    + "        condition: service_healthy\n      c:\n        condition: service_completed_successfully\n",
                Plain with
                {
                    WaitsFor = [new Wait("a", WaitCondition.Started), new Wait("b"), new Wait("c", WaitCondition.Completed)],
                }
            },
            {
                "      resources:\n        limits:\n          cpus: \"0.5\"\n          memory: 64m\n          pids: 10\n"
                    + "        reservations:\n          cpus: \"0.1\"\n          memory: 32m\n    memswap_limit: 64m\n",
                Plain with
                {
                    Memory = Size.MiB(64),
                    Cpus = Cpu.Cores(0.5m),
                    Pids = 10,
                    ReservedMemory = Size.MiB(32),
                    ReservedCpus = Cpu.Cores(0.1m),
                }
            },
            { "    shm_size: 256m\n", Plain with { SharedMemory = Size.MiB(256) } },
            { "    restart: unless-stopped\n", Plain },
            { "    restart: \"no\"\n", Plain with { Restart = RestartPolicy.No } },
            { "    restart: on-failure:3\n", Plain with { Restart = RestartPolicy.OnFailure(3) } },
            { "    restart: on-failure\n", Plain with { Restart = new RestartPolicy(RestartMode.OnFailure) } },
            { "    restart: always\n", Plain with { Restart = new RestartPolicy(RestartMode.Always) } },
            { "    stop_signal: SIGINT\n    stop_grace_period: 1h\n", Plain with { StopSignal = "SIGINT", StopGrace = TimeSpan.FromHours(1) } },
            {
                "    logging:\n      driver: json-file\n      options:\n        max-file: \"2\"\n        max-size: \"5m\"\n",
                Plain with
                {
                    Logging = Logging.Files(Size.MiB(5), 2),
                }
            },
            { "    logging:\n      driver: local\n", Plain with { Logging = new Logging("local") } },
            { "    user: \"1000:1000\"\n", Plain with { User = "1000:1000" } },
            { "    cap_drop:\n      - ALL\n    cap_add:\n      - CHOWN\n", Plain with { Capabilities = Capabilities.Only("CHOWN") } },
            { "    security_opt:\n      - no-new-privileges=true\n", Plain },
            { "    read_only: true\n", Plain with { ReadOnly = true } },
            { "    init: true\n", Plain with { Init = true } },
            {
                "        - action: sync\n          path: ./src\n          target: /src\n"
                    + "          ignore:\n            - .venv/\n            - \"**/*.pyc\"\n",
                Plain with
                {
                    Watch = [new WatchRule(WatchAction.Sync, "src") { Target = "/src", Ignore = [".venv/", "**/*.pyc"] }],
                }
            },
            {
                "    labels:\n      <<: *labels\n      infra.service: web\n      own: x$$y\n",
                Plain with
                {
                    Labels = ImmutableSortedDictionary<string, string>.Empty.Add("own", "x$y"),
                }
            },
        };

    [Theory, MemberData(nameof(Lines), DisableDiscoveryEnumeration = true)]
    public void Is_written(string lines, ServiceSpec service) => Samples.Write(service).Should().Contain(lines);

    [Fact]
    public void What_is_not_said_is_not_written()
        => Samples.Write(Plain with { NoNewPrivileges = false, Logging = null }).Should().EndWith("""
              web:
                image: shop:1
                container_name: shop-dev-web
                restart: unless-stopped
                stop_grace_period: 10s
                labels:
                  <<: *labels
                  infra.service: web

            networks:
              default:
                name: shop-dev-default
                labels: *labels

            """);
}
