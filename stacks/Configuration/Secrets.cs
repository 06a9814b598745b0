using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>The name of every secret that the stacks themselves need, once.</summary>
public static class Secrets
{
    public static Secret Postgres { get; } = new("postgres-password");

    public static Secret Redis { get; } = new("redis-password");

    public static Secret RabbitMq { get; } = new("rabbitmq-password");

    public static Secret Grafana { get; } = new("grafana-password");

    /// <summary>The address that alerts are sent to.</summary>
    public static Secret AlertWebhook { get; } = new("alert-webhook");

    /// <summary>The address that misses the alert that always fires once it stops coming.</summary>
    public static Secret DeadManWebhook { get; } = new("deadman-webhook");

    /// <summary>The secret behind a variable of the application's own: <c>STRIPE_KEY</c> → <c>stripe-key</c>.</summary>
    public static Secret Named(string variable) => new(variable.ToLowerInvariant().Replace('_', '-'));
}
