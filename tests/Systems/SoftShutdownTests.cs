using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components;
using Infra.Model;
using Infra.Model.Dockerfiles;
using Infra.Stacks.Configuration;
using Infra.Tests.Offline;

namespace Infra.Tests.Systems;

/// <summary>
/// A worker that is killed with a task in hand: RabbitMQ delivers it to another immediately, Redis only after Celery's visibility timeout. There the
/// worker hands it back itself (Celery's soft shutdown, which its cold shutdown begins with), before the engine's patience ends.
/// </summary>
public sealed partial class SoftShutdownTests(SystemStacks stacks) : IClassFixture<SystemStacks>
{
    // What it needs to hand back, and to close its connections.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    private const string Remapped = "REMAP_SIGTERM=SIGQUIT";

    private static readonly string[] Names = ["hexagonal", "marketplace", "marketplace-prod", "mikrom", "paqueteria"];

    public static TheoryData<string> WithWorkers => new(Names);

    [Fact]
    public void Every_system_with_a_worker_is_among_them()
        => SystemStacks.Names.Where(name => Workers(stacks[name]).Any()).Order(StringComparer.Ordinal).Should().Equal(Names);

    [Theory, MemberData(nameof(WithWorkers))]
    public void A_worker_hands_back_what_it_runs_before_it_is_killed_where_Redis_is_the_broker_and_only_there(string stack)
    {
        foreach (var images in new[] { ImageSource.Registry, ImageSource.Debian })
        {
            var topology = stacks[stack, images];
            var isRedis = !topology.Services.Any(service => service.Kind == RabbitMq.Kind);
            foreach (var worker in Workers(topology))
            {
                var image = (BuiltImage)worker.Image;
                var timeouts = Timeouts(image.Context);

                Remaps(image).Should().Be(isRedis, $"{image.DockerfilePath} runs {worker.Name}");
                timeouts.Should().HaveCount(isRedis ? 1 : 0, $"{image.Context} is what {worker.Name} runs");
                foreach (var timeout in timeouts)
                    timeout.Should().BePositive()
                        .And.BeLessThanOrEqualTo(worker.StopGrace - Least, $"{worker.Name} is killed after {worker.StopGrace}");
            }
        }
    }

    private static IEnumerable<ServiceSpec> Workers(Topology topology) => topology.Services.Where(service => service.Role == ServiceRole.Worker);

    // SIGTERM is what an engine stops with; the cold shutdown is SIGQUIT's.
    private static bool Remaps(BuiltImage image)
    {
        var file = DockerfileParser.Parse(image.DockerfilePath, File.ReadAllText(Repository.PathOf(image.DockerfilePath)), image.Args);
        return file.Line(file.Final(image.Target)!).SelectMany(stage => stage.All("ENV")).Any(variables => variables.Words.Contains(Remapped));
    }

    private static TimeSpan[] Timeouts(string context) =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf(context), "*.py", SearchOption.AllDirectories)
            .SelectMany(file => Timeout().Matches(File.ReadAllText(file)))
            .Select(match => TimeSpan.FromSeconds(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))),
    ];

    [GeneratedRegex(@"\b(?:CELERY_)?worker_soft_shutdown_timeout\s*=\s*(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Timeout();
}
