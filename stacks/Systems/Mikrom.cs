using Infra.Components;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Stacks.Services;
using Infra.Targets;

namespace Infra.Stacks.Systems;

/// <summary>One optimised image, built once and used by app, worker, beat and Flower (rows B1 to B8).</summary>
public sealed class Mikrom : ServiceStack
{
    public Mikrom(IServiceHost host, Settings settings)
    {
        // B3: one build under a name of its own. B1, B2 and B8 are its Dockerfile's.
        var services = new StackServices(host, settings);

        // The document has no services of its own here; an image with libpq and Celery uses these.
        services.Add<PostgresArgs>("postgres");
        services.Add<RedisArgs>("redis");

        // B4, B5: each service its own command and its own probe, none in the image.
        services.Add<WebArgs>("app", args => args with { Reload = null });
        services.Add<WorkerArgs>("worker", args => args with { Reload = null });
        services.Add<BeatArgs>("beat", args => args with { Reload = null });
        services.Add<FlowerArgs>("flower", args => args with { Reload = null });
    }
}
