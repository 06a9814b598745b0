using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Infra.Bench;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Targets.Compose;
using Infra.Targets.Diagrams;

if (args is ["load", var seconds, var clients, var rounds, .. var subjects])
{
    // Each is a name, an address and a container, one after the other.
    await new ProxyLoad(Whole(seconds), Whole(clients), Whole(rounds))
        .RunAsync([.. subjects.Chunk(3).Select(each => (each[0], new Uri(each[1]), each[2]))]);
    return;
}

// How long topologies of 10, 100 and 1,000 services take to be checked and rendered, each first as it comes to a process that
// has just started, then as the median of five.
(string Name, Func<Topology, string> Render)[] targets =
[
    ("rules", topology => string.Join('\n', Review.Run(topology))),
    ("compose", topology => ComposeWriter.Write(topology, new() { SecretsDirectory = ".secrets/dev", ConfigsDirectory = ".infra/dev/configs" })),
    ("mermaid", topology => MermaidWriter.Write(topology)),
    ("svg", topology => SvgWriter.Write(topology)),
];
Console.WriteLine($"{"",-10}{"10",12}{"100",12}{"1,000",12}{"1,000 cold",14}   milliseconds");
foreach (var (name, render) in targets)
{
    var cold = Milliseconds(() => render(Shop(1000)));
    var warm = new[] { 10, 100, 1000 }.Select(Shop).Select(topology => Median(() => render(topology))).ToArray();
    Console.WriteLine(FormattableString.Invariant($"{name,-10}{warm[0],12:0.0}{warm[1],12:0.0}{warm[2],12:0.0}{cold,14:0.0}"));
}

static int Whole(string number) => int.Parse(number, CultureInfo.InvariantCulture);

static double Milliseconds(Func<string> render)
{
    var watch = Stopwatch.StartNew();
    render();
    return watch.Elapsed.TotalMilliseconds;
}

static double Median(Func<string> render) => Enumerable.Range(0, 5).Select(_ => Milliseconds(render)).Order().ElementAt(2);

// Three services that hold data, and web servers and workers in turn that use them.
static Topology Shop(int size)
{
    var postgres = Postgres.Describe("postgres", new() { Password = new("postgres-password") });
    var redis = Redis.Describe("redis", new() { Password = new("redis-password") });
    var rabbitmq = RabbitMq.Describe("rabbitmq", new() { Password = new("rabbitmq-password") });
    ImmutableArray<Connection> needs = [postgres.As("DATABASE_URL"), rabbitmq.As("BROKER_URL"), redis.As("CACHE_URL")];
    var image = new BuiltImage("app", "app");
    var services = Enumerable.Range(0, size - 3).Select(number => number % 2 == 0
        ? Web.Describe($"web-{number}", new() { Image = image, Needs = needs, Command = ["uvicorn", "shop.main:app"], Port = 20000 + number })
        : Worker.Describe($"worker-{number}", new() { Image = image, Needs = needs, App = "shop.celery_app" }));
    return new Topology(new Naming("bench", "dev"), [postgres, redis, rabbitmq, .. services]);
}
