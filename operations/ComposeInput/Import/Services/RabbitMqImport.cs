using System.Collections.Immutable;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>A RabbitMQ: its user, its virtual host.</summary>
internal static class RabbitMqImport
{
    private const string Guest = "guest";

    private static readonly ImmutableDictionary<string, string> Own = new Dictionary<string, string>
    {
        ["RABBITMQ_DEFAULT_USER"] = "user",
        ["RABBITMQ_DEFAULT_PASS"] = "password",
        ["RABBITMQ_DEFAULT_VHOST"] = "name",
    }.ToImmutableDictionary();

    public static StoreFacts Facts(ImportScope scope, ComposeService service)
    {
        var values = new StoreVariables(scope, service);
        return new StoreFacts("amqp", 5672)
        {
            User = values.Text("RABBITMQ_DEFAULT_USER") ?? Guest,
            Password = values.Text("RABBITMQ_DEFAULT_PASS") ?? Guest,
            Name = values.Text("RABBITMQ_DEFAULT_VHOST") ?? "/",
            OwnVariables = Own,
        };
    }

    public static void Write(ImportScope scope, ServicePlan plan)
    {
        var facts = plan.Store!;
        StoreParts.Image(scope, plan);
        if (facts.User != Guest && facts.User != "app") plan.Settings.Set("user", facts.User);
        if (facts.Name != "/") plan.Settings.Set("vhost", facts.Name);
        if (plan.Service.Text("hostname") is { Length: > 0 } host)
        {
            // The node's data carry its name.
            if (host != plan.SettingsName) plan.Settings.Set("hostname", host);
            plan.Ledger.Carried("hostname", $"hostname: {host}");
        }

        var secret = StoreParts.PasswordOf(plan.SettingsName);
        if (facts.User == Guest)
            plan.Ledger.Improved("environment.RABBITMQ_DEFAULT_USER", "guest, whom everybody knows", $"user: app, with the secret {secret}");
        else
            plan.Ledger.Carried("environment.RABBITMQ_DEFAULT_USER", $"user: {facts.User}");
        if (facts.Password != Guest) StoreParts.Password(scope, plan, "RABBITMQ_DEFAULT_PASS");
        if (plan.Service.Text("environment.RABBITMQ_DEFAULT_VHOST") is not null)
            plan.Ledger.Carried("environment.RABBITMQ_DEFAULT_VHOST", $"vhost: {facts.Name}");
        StoreParts.Other(plan, [.. Own.Keys, "RABBITMQ_DEFAULT_PASS_FILE", "RABBITMQ_DEFAULT_USER_FILE"], new Dictionary<string, string>
        {
            ["RABBITMQ_ERLANG_COOKIE"] = "It is for several nodes, and a rabbitmq here is one.",
        });
    }
}
