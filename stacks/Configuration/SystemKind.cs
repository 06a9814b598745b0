namespace Infra.Stacks.Configuration;

/// <summary>A ready system: its own services, from the same components.</summary>
public enum SystemKind
{
    /// <summary>FastAPI and a Celery worker of one repository, in development.</summary>
    Hexagonal,

    /// <summary>One optimised image for app, worker, beat and Flower.</summary>
    Mikrom,

    /// <summary>Four services behind a gateway.</summary>
    CreatorHub,

    /// <summary>Django with geometry, Celery, and AWS' queues.</summary>
    Marketplace,

    /// <summary>FastAPI and Celery on one Redis, monitored, in production.</summary>
    Paqueteria,
}
