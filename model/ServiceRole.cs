namespace Infra.Model;

/// <summary>What a service does in the application; rules and diagrams ask for it.</summary>
public enum ServiceRole
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>A database of record.</summary>
    Database,

    /// <summary>A cache or result store.</summary>
    Cache,

    /// <summary>A message broker.</summary>
    Broker,

    /// <summary>Stands before a database, and lets many clients share its connections.</summary>
    Pool,

    /// <summary>Answers HTTP requests.</summary>
    Web,

    /// <summary>Runs Celery tasks.</summary>
    Worker,

    /// <summary>Schedules Celery tasks; exactly one.</summary>
    Beat,

    /// <summary>Watches the others.</summary>
    Monitoring,

    /// <summary>Stands in front of the others.</summary>
    Proxy,

    /// <summary>Runs once and ends.</summary>
    Job,
}
