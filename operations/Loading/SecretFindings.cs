using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;

namespace Infra.Operations.Loading;

/// <summary>What there is to say of a stack's secrets, as they lie here, before <c>up</c> looks at them.</summary>
internal static partial class SecretFindings
{
    private const string Rule = "SECRETS";

    /// <summary>All of it. What is missing is a warning: not every checkout has the secrets of production.</summary>
    public static IEnumerable<Finding> Find(ReviewedStack stack)
    {
        var files = SecretFiles.For(stack.Workspace.Root, stack.Name);
        if (ClosedFolder.OpenLink(stack.Workspace.Absolute(Workspace.SecretsOf(stack.Name))) is { } open)
            yield return new Finding(Rule, Severity.Error, Workspace.SecretsOf(stack.Name), "Other users can read it.", open);
        var missing = new List<string>();
        foreach (var secret in stack.Topology.Secrets)
        {
            var (value, where, unreadable) = Find(stack, files, secret);
            if (unreadable is not null) yield return new Finding(Rule, Severity.Error, where, "It cannot be read.", unreadable);
            else if (value is null && !IsConfigured(stack, secret)) missing.Add(secret.Name);
            else if (value is not null && OfValue(stack.Topology, secret, value, where) is { } wrong) yield return wrong;
        }

        if (stack.Settings.Environment == EnvironmentKind.Dev) missing.RemoveAll(name => !stack.Topology.IsGiven(new Secret(name)));
        if (missing.Count > 0) yield return Missing(stack.Name, missing);
    }

    /// <summary>Passwords that development would make up although their names say that they are a store's.</summary>
    public static IEnumerable<Finding> FindMadeUp(ReviewedStack stack)
    {
        var (settings, source) = (stack.Settings, stack.Source);
        if (settings.Environment != EnvironmentKind.Dev) return [];
        var files = SecretFiles.For(stack.Workspace.Root, stack.Name);
        return from secret in settings.App.Process.Secrets
               where
                   !source.Values.ContainsKey(secret.Value.Name)
                   && !source.Encrypted.Contains(secret.Value.Name)
                   && !File.Exists(files.PathOf(secret.Value))
               from store in stack.Topology.Services
               where store.Endpoint?.Password is { } password && password != secret.Value && Names(secret.Key, store.Role)
               select new Finding(
                   Rule,
                   Severity.Warning,
                   source.Where("app.secrets"),
                   $"'{secret.Key}' looks like the password of '{store.Name}', and development generates another one for it.",
                   $"For the password of '{store.Name}' write {Variable(store.Endpoint!.Password!)} there; "
                       + $"for one of its own, put it into {Workspace.SecretsOf(stack.Name)}/{secret.Value.Name}."
               );
    }

    private static (SecretValue? Value, string Where, string? Unreadable) Find(ReviewedStack stack, SecretFiles files, Secret secret)
    {
        if (stack.Source.Values[secret.Name] is { } plain) return (plain.ToString(), stack.Source.Where(secret.Name), null);
        var where = $"{Workspace.SecretsOf(stack.Name)}/{secret.Name}";
        if (stack.Source.Encrypted.Contains(secret.Name)) return (null, where, null);
        try
        {
            return (files.Read(secret), where, null);
        }
        catch (IOException error)
        {
            return (null, where, error.Message);
        }
    }

    private static Finding? OfValue(Topology topology, Secret secret, SecretValue value, string where)
    {
        var forms = topology.FormsOf(secret);
        if (value.Problem(forms) is { } wrong) return new Finding(Rule, Severity.Error, where, wrong.What, wrong.Do);
        return value.HasDoubtfulEnd(forms)
            ? new Finding(
                Rule,
                Severity.Warning,
                where,
                "It ends in a line break, and the application gets it byte for byte.",
                "If that is not meant, write it without one: printf %s VALUE > FILE."
            )
            : null;
    }

    private static Finding Missing(string stack, List<string> names) =>
        new(
            Rule,
            Severity.Warning,
            Workspace.SecretsOf(stack),
            $"These secrets are missing, and 'up' needs them: {string.Join(", ", names)}.",
            "Write each into a file of its name there, or, for Pulumi, "
                + $"run 'pulumi config set --secret {SettingsSource.Namespace}:NAME --stack {stack}'."
        );

    private static bool IsConfigured(ReviewedStack stack, Secret secret) =>
        stack.Source.Encrypted.Contains(secret.Name) || stack.Source.Values.ContainsKey(secret.Name);

    private static string Variable(Secret secret) => secret.Name.ToUpperInvariant().Replace('-', '_');

    private static bool Names(string variable, ServiceRole role) => role switch
    {
        ServiceRole.Database => OfDatabase().IsMatch(variable),
        ServiceRole.Cache => OfRedis().IsMatch(variable),
        ServiceRole.Broker => OfBroker().IsMatch(variable),
        _ => false,
    };

    [GeneratedRegex("^PGPASSWORD$|(^|_)(DB|DATABASE|POSTGRES|POSTGRESQL|PG|SQL)(_[A-Z0-9]+)?_(PASS|PASSWD|PASSWORD|PWD)$", RegexOptions.IgnoreCase)]
    private static partial Regex OfDatabase();

    [GeneratedRegex("^REDISCLI_AUTH$|(^|_)(REDIS|CACHE)(_[A-Z0-9]+)?_(PASS|PASSWD|PASSWORD|PWD)$", RegexOptions.IgnoreCase)]
    private static partial Regex OfRedis();

    [GeneratedRegex("(^|_)(RABBIT|RABBITMQ|AMQP|MQ|BROKER|CELERY_BROKER)(_[A-Z0-9]+)?_(PASS|PASSWD|PASSWORD|PWD)$", RegexOptions.IgnoreCase)]
    private static partial Regex OfBroker();
}
