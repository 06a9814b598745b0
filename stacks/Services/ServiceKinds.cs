using System.Collections.Immutable;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Services;

/// <summary>Every kind of service that there is, in the order of the documents.</summary>
public static class ServiceKinds
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<ServiceKind> All { get; } =
    [
        new PostgresKind(),
        new PgBouncerKind(),
        new RedisKind(),
        new ValkeyKind(),
        new RabbitMqKind(),
        new WebKind(),
        new WorkerKind(),
        new BeatKind(),
        new FlowerKind(),
        new ProcessKind(),
        new StepKind(),
        new ContainerKind(),
        new ExternalKind(),
    ];
}
