using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Composition;

/// <summary>What production adds to the arguments: networks, memory that is kept for a service, what it must wait for.</summary>
internal static class ProdArguments
{
    public static PostgresArgs ProdPostgres(this Settings settings) => settings.Postgres with
    {
        Networks = ProdNetworks.Holding(settings.Postgres.Port),
        ReservedMemory = settings.Postgres.Memory.Half(),
    };

    public static RedisArgs ProdRedis(this Settings settings) => settings.Redis with
    {
        Networks = ProdNetworks.Holding(settings.Redis.Port),
        ReservedMemory = settings.Redis.MaxMemory,
    };

    public static RabbitMqArgs ProdRabbitMq(this Settings settings) => settings.RabbitMq with
    {
        Networks = ProdNetworks.Holding(settings.RabbitMq.Port, settings.RabbitMq.ManagementPort),
        ReservedMemory = settings.RabbitMq.Memory.Half(),
    };

    /// <summary>One of the application's own processes, after these steps.</summary>
    public static T InProd<T>(this T args, params ImmutableArray<ServiceSpec> steps) where T : AppArgs => args with
    {
        Networks = [ProdNetworks.App, ProdNetworks.Data],
        ReservedMemory = args.ReservedMemory ?? args.Memory.Half(),
        After = [.. args.After, .. steps],
    };

    /// <summary>Web where the proxy reaches it, if there is one.</summary>
    public static WebArgs Behind(this WebArgs args, ProxySettings proxy)
        => proxy.Enabled ? args with { IsBehindProxy = true, Networks = [.. args.Networks, ProdNetworks.Edge] } : args;

    public static ProxyArgs ProxyArgs(this Settings settings, ServiceSpec web) => new()
    {
        Upstream = web,
        Image = settings.Proxy.Image,
        Domain = settings.Proxy.Domain,
        Email = settings.Proxy.Email,
        HttpPort = settings.Proxy.HttpPort,
        HttpsPort = settings.Proxy.HttpsPort,
        MaxBody = settings.Proxy.MaxBody,
        Hidden = settings.Proxy.Hidden,
        Networks = [ProdNetworks.Edge],
        Memory = settings.Proxy.Memory,
        ReservedMemory = settings.Proxy.Memory.Half(),
        Cpus = settings.Proxy.Cpus,
    };
}
