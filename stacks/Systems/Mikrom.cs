using Infra.Components;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Systems;

/// <summary>One optimised image, built once and used by app, worker, beat and Flower (rows B1 to B8).</summary>
public sealed class Mikrom : ServiceStack
{
    public Mikrom(IServiceHost host, Settings settings)
    {
        // B3: one build under a name of its own. B1, B2 and B8 are its Dockerfile's.
        var image = new AppImage("app", settings.App.Image, host);

        // The document has no services of its own here; an image with libpq and Celery uses these.
        var postgres = new Postgres("postgres", settings.Postgres, host);
        var redis = new Redis("redis", settings.Redis with { IsBroker = true }, host);

        // B4, B5: each service its own command and its own probe, none in the image.
        var needs = settings.Connect(postgres, redis, redis);
        _ = new Web("app", settings.WebArgs(image, needs), host);
        _ = new Worker("worker", settings.WorkerArgs(image, needs), host);
        if (settings.Beat.Enabled) _ = new Beat("beat", settings.BeatArgs(image, needs), host);
        if (settings.Flower.Enabled) _ = new Flower("flower", settings.FlowerArgs(image, needs), host);
    }
}
