using Infra.Components;
using Infra.Stacks.Configuration;
using Infra.Targets;
using Pulumi;

namespace Infra.Stacks;

/// <summary>Production: the image's own code, a read-only root, and every secret given by somebody.</summary>
public sealed class ProdStack : Stack
{
    public ProdStack(IServiceHost host, Settings settings)
    {
        var app = new AppImage("app", settings.App.Image, host);

        var postgres = new Postgres("postgres", settings.Postgres, host);
        var redis = new Redis("redis", settings.Redis, host);
        var rabbitmq = new RabbitMq("rabbitmq", settings.RabbitMq, host);

        var needs = settings.Connect(postgres, rabbitmq, redis);
        _ = new Web("web", settings.WebArgs(app, needs), host);
        _ = new Worker("worker", settings.WorkerArgs(app, needs), host);
        _ = new Beat("beat", settings.BeatArgs(app, needs), host);
        if (settings.Backup.Enabled) _ = new Backup("backup", settings.Backup.Args(settings.Naming, postgres), host);
        if (settings.Flower.Enabled) _ = new Flower("flower", settings.FlowerArgs(app, needs), host);
    }
}
