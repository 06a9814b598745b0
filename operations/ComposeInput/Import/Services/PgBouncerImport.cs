using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>A PgBouncer before one of the Postgres: what it is told by the variables of its image.</summary>
internal static partial class PgBouncerImport
{
    /// <summary>The Postgres that it stands before; nothing where it is none of these.</summary>
    public static ServicePlan? DatabaseOf(ComposeService service, ImmutableArray<ServicePlan> plans)
    {
        var host = service.Text("environment.DB_HOST")
            ?? (service.Text("environment.DATABASE_URL") is { } url && Host().Match(url) is { Success: true } match ? match.Groups["host"].Value
                : null);
        return plans.FirstOrDefault(plan => plan.Kind == "postgres" && plan.Name == host);
    }

    public static StoreFacts Facts(StoreFacts database, ComposeService service) => database with
    {
        Port = int.TryParse(service.Text("environment.LISTEN_PORT"), out var port) ? port : 5432,
        OwnVariables = ImmutableDictionary<string, string>.Empty,
    };

    public static void Write(ImportScope scope, ServicePlan plan)
    {
        var database = DatabaseOf(plan.Service, scope.Plans)!;
        StoreParts.Image(scope, plan);
        if (scope.Plans.Count(other => other.Kind == "postgres") > 1) plan.Settings.Set("of", database.SettingsName);
        var said = new List<string>();
        Set("POOL_MODE", "mode", text => text is "transaction" or "session" or "statement" ? SettingsNode.Text(text) : null);
        Set("DEFAULT_POOL_SIZE", "poolSize", Number);
        Set("MAX_CLIENT_CONN", "maxClients", Number);
        foreach (var name in (string[])["DB_HOST", "DB_PORT", "DB_USER", "DB_PASSWORD", "DB_NAME", "DATABASE_URL", "AUTH_TYPE", "LISTEN_PORT"])
            if (plan.Service.Text($"environment.{name}") is not null)
            {
                said.Add(name);
                plan.Ledger.Carried($"environment.{name}", $"what {database.SettingsName} says");
            }

        StoreParts.Other(plan, said, new Dictionary<string, string>());

        void Set(string variable, string key, Func<string, SettingsNode?> read)
        {
            if (plan.Service.Text($"environment.{variable}") is not { } text || read(text) is not { } value) return;
            said.Add(variable);
            plan.Settings.Set(key, value);
            plan.Ledger.Carried($"environment.{variable}", $"{key}: {text}");
        }
    }

    private static SettingsNode? Number(string text) => int.TryParse(text, out var number) && number > 0 ? SettingsNode.Number(number) : null;

    [GeneratedRegex(@"@(?<host>[A-Za-z0-9_.-]+)")]
    private static partial Regex Host();
}
