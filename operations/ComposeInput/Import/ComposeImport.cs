using System.Collections.Immutable;
using Infra.Operations.ComposeInput.Import.Services;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import;

/// <summary>Turns what Compose files describe into settings, secrets, and the tale of what became of each key.</summary>
public static class ComposeImport
{
    /// <summary>What the files become. Nothing is written, and no engine is asked.</summary>
    /// <param name="application">The files, read.</param>
    /// <param name="root">The project's root, which the settings' paths are relative to.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="isProd">Whether it becomes a prod stack.</param>
    /// <param name="starts">How images start that the engine has, by their names; nothing where no engine is asked.</param>
    public static ImportResult From(
        ComposeApplication application,
        string root,
        string stack,
        bool isProd,
        ImmutableDictionary<string, ImageStart>? starts = null
    )
    {
        var scope = new ImportScope(application, root, stack, isProd) { Starts = starts ?? ImmutableDictionary<string, ImageStart>.Empty };
        Stores(scope);
        foreach (var plan in scope.Plans) plan.Port = PortOf(scope, plan);
        // What a database calls its own password is the better name for it.
        foreach (var plan in scope.Plans.Where(plan => !plan.IsStore).OrderBy(plan =>
            plan.RunsApplication)) new EnvironmentImport(scope, plan).Read();
        foreach (var plan in scope.Plans) Write(scope, plan);
        foreach (var plan in scope.Plans) WaitImport.Write(scope, plan);
        NetworkImport.Write(scope);
        var app = new AppSection(scope).Write();
        AppDelivery.Write(scope, app);
        foreach (var plan in scope.Plans) Variables(plan);
        TopLevel.Write(scope);
        foreach (var ledger in scope.Ledgers) ledger.Close();
        return new ImportResult(stack, SettingsWriter.Write(SettingsDocument.Make(scope, app)))
        {
            Services = [.. scope.Plans.Select(plan => new ImportedService(plan.Name, plan.SettingsName, plan.Kind))],
            Outcomes = [.. scope.Ledgers.SelectMany(ledger => ledger.Outcomes)],
            Secrets = scope.Secrets.All.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Files = scope.Files.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
    }

    private static void Stores(ImportScope scope)
    {
        foreach (var plan in scope.Plans)
            plan.Store = plan.Kind switch
            {
                "postgres" => PostgresImport.Facts(scope, plan.Service),
                "redis" or "valkey" => RedisImport.Facts(scope, plan.Service),
                "rabbitmq" => RabbitMqImport.Facts(scope, plan.Service),
                _ => null,
            };
        foreach (var plan in scope.Plans.Where(plan => plan.Kind == "pgbouncer"))
            plan.Store = PgBouncerImport.Facts(PgBouncerImport.DatabaseOf(plan.Service, scope.Plans)!.Store!, plan.Service);
        foreach (var plan in scope.Plans)
            if (plan is { Kind: not "pgbouncer", Store: { Password: { Length: > 0 } password } store }
                && store is not { Scheme: "amqp", User: "guest" })
                scope.Secrets.Add(StoreParts.PasswordOf(plan.SettingsName), password, plan.SettingsName);
    }

    private static int? PortOf(ImportScope scope, ServicePlan plan) => plan.Store?.Port ?? plan.Kind switch
    {
        "web" => PortImport.ListeningPort(scope, plan.Service, 0) ?? UsualPort(scope, plan),
        "container" or "process" or "flower" => PortImport.ListeningPort(scope, plan.Service, plan.Known.Image?.Port ?? 0),
        _ => null,
    };

    private static int UsualPort(ImportScope scope, ServicePlan plan) => string.Join(' ', scope.Recognizer.CommandOf(plan.Service)) switch
    {
        var command when command.Contains("flask", StringComparison.Ordinal) => 5000,
        var command when command.Contains("streamlit", StringComparison.Ordinal) => 8501,
        var command when command.Contains("jupyter", StringComparison.Ordinal) => 8888,
        _ => 8000,
    };

    private static void Write(ImportScope scope, ServicePlan plan)
    {
        if (plan.Kind != plan.SettingsName) plan.Settings.Set("kind", plan.Kind);
        if (plan.KindReason is { } reason) plan.Ledger.Carried("", $"kind: container, since {reason}");
        if (plan.SettingsName != plan.Name)
            plan.Ledger.Decide(
                "",
                $"Its name is no service's name in the settings: it is {plan.SettingsName} there.",
                "Use that name where others reach it by the old one."
            );
        switch (plan.Kind)
        {
            case "postgres": PostgresImport.Write(scope, plan); break;
            case "redis" or "valkey": RedisImport.Write(scope, plan, RedisClients.CanGivePassword(scope, plan)); break;
            case "rabbitmq": RabbitMqImport.Write(scope, plan); break;
            case "pgbouncer": PgBouncerImport.Write(scope, plan); break;
            default:
                var process = new ProcessImport(scope, plan);
                process.Write();
                new GrantImport(scope, plan).Write();
                process.Deliver();
                break;
        }

        if (plan.IsStore) new GrantImport(scope, plan).Write();
        new MountImport(scope, plan).Write();
        PortImport.Write(scope, plan);
        new ProbeImport(scope, plan).Write();
        LimitImport.Write(plan);
        new RuntimeImport(scope, plan).Write();
        Resolved.Write(scope, plan);
    }

    private static void Variables(ServicePlan plan)
    {
        plan.Settings.Set(
            "secrets",
            SettingsNode.List(plan.Variables.Where(variable => variable.Secret is not null).Select(variable => variable.Name))
        );
        foreach (var variable in plan.Variables.Where(variable => variable.Secret is null))
            plan.Settings.Below("environment").Set(variable.Name, variable.Text);
    }
}
