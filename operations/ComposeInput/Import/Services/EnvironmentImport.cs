using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Model.Rules;
using Infra.Stacks.Configuration;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>A service's variables: mentions of other services, secrets, and what is plain.</summary>
internal sealed partial class EnvironmentImport(ImportScope scope, ServicePlan plan)
{
    private static readonly (string Suffix, string What)[] Parts =
    [
        ("PORT", "port"), ("USER", "user"), ("USERNAME", "user"), ("USER_NAME", "user"), ("LOGIN", "user"), ("PASSWORD", "password"),
        ("PASS", "password"),
        ("PWD", "password"), ("PASSWD", "password"), ("DATABASE_NAME", "name"), ("DB_NAME", "name"), ("DBNAME", "name"), ("NAME", "name"),
        ("DATABASE", "name"), ("DB", "name"), ("VHOST", "name"),
    ];

    private readonly Mentions mentions = new(scope, plan);

    public void Read()
    {
        var values = plan.Service.Map("environment").ToArray();
        var stores = Prefixes(values);
        foreach (var (name, value) in values)
        {
            var key = $"environment.{name}";
            if (value is null)
                plan.Ledger.NotCarried(
                    key,
                    "It has no value here: Compose takes it from the shell.",
                    "Write the value in environment, or name it in secrets."
                );
            else if (!VariableName().IsMatch(name))
                plan.Ledger.NotCarried(key, "It is not a name that a variable can have.", "Give the variable another name.");
            else Add(key, name, value, stores);
        }
    }

    private void Add(string key, string name, string value, Dictionary<string, ServicePlan> stores)
    {
        if (Mention(name, value, stores) is { } text)
        {
            var parsed = ReferenceText.Parse(text);
            var hasSecret = parsed.Holes.Any(hole => hole.Service == ReferenceHole.Secrets || hole.What is "password" || HasPassword(hole));
            plan.Variables.Add(new Variable(name, text) { HasSecret = hasSecret });
            if (!parsed.Holes.Any()) plan.Ledger.Carried(key, $"environment.{name}: {text}");
            else plan.Ledger.Improved(key, hasSecret ? "an address and its password, written out" : "an address, written out", text);
        }
        else if (!IsPath(value) && Credentials.AreIn(name, value))
        {
            Secret(key, name, value);
        }
        else if (SecretsInCommands.InText(scope, plan, value) is { } hidden)
        {
            plan.Variables.Add(new Variable(name, hidden) { HasSecret = true });
            plan.Ledger.Improved(key, "a password among its options", hidden);
        }
        else
        {
            plan.Variables.Add(new Variable(name, Spelling.Literal(value)));
            plan.Ledger.Carried(key, $"environment.{name}");
        }
    }

    private void Secret(string key, string name, string value)
    {
        var usual = Secrets.Named(name).Name;
        if (!SecretName().IsMatch(usual)) usual = "s-" + usual.Trim('-', '.');
        var secret = scope.Secrets.Shared(value) ?? scope.Secrets.Add(usual, value, plan.SettingsName);
        plan.Variables.Add(secret == Secrets.Named(name).Name && ListedName().IsMatch(name)
            ? new Variable(name, "", secret) { HasSecret = true }
            : new Variable(name, $"{{secrets.{secret}}}") { HasSecret = true });
        plan.Ledger.Improved(key, "a value that every 'docker inspect' shows", $"the secret {secret}");
    }

    private string? Mention(string name, string value, Dictionary<string, ServicePlan> stores)
    {
        if (value.Contains("://", StringComparison.Ordinal)) return mentions.HasUrl(value) ? mentions.Urls(name, value) : null;
        if (HostName().IsMatch(name) && mentions.At(value) is { } other) return mentions.Host(other) is var host && host == value ? null : host;
        if (mentions.Addresses(value) is { } addresses) return addresses;
        if (Part(name, stores) is var (store, what) && Is(store, what, value)) return mentions.Mention(store, what);
        if (Own(name, value) is var (owner, part)) return mentions.Mention(owner, part);
        return value.Length > 0 && Credentials.AreIn(name, value) && OfPassword(value) is { } known ? mentions.Mention(known, "password") : null;
    }

    // DB_HOST: db makes DB_ what the store's other parts begin with.
    private Dictionary<string, ServicePlan> Prefixes(IEnumerable<KeyValuePair<string, string?>> values)
    {
        var prefixes = new Dictionary<string, ServicePlan>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            if (value is not null && HostName().Match(name) is { Success: true } match
                && mentions.At(value.Split(':')[0]) is { Store: not null } store)
                prefixes[match.Groups["prefix"].Value] = store;
        return prefixes;
    }

    private static (ServicePlan Store, string What)? Part(string name, Dictionary<string, ServicePlan> stores)
    {
        foreach (var (suffix, what) in Parts)
            if (name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && stores.TryGetValue(name[..^suffix.Length].TrimEnd('_'), out var store))
                return (store, what);
        return null;
    }

    private static bool Is(ServicePlan store, string what, string value) => what switch
    {
        "port" => value == store.Store!.Port.ToString(CultureInfo.InvariantCulture),
        "user" => store.Store!.Scheme != "redis" && value == store.Store.User,
        "password" => value.Length > 0 && value == store.Store!.Password,
        _ => store.Store!.Scheme != "redis" && value == store.Store.Name,
    };

    // The file's variables are one store's own, and the application reads the same.
    private (ServicePlan, string)? Own(string name, string value)
    {
        var owners = scope.Plans.Where(other => other.Store?.OwnVariables.ContainsKey(name) == true).ToArray();
        return owners is [var only] && Is(only, only.Store!.OwnVariables[name], value) ? (only, only.Store.OwnVariables[name]) : null;
    }

    private ServicePlan? OfPassword(string value)
    {
        var owners = scope.Plans.Where(other => other.Store?.Password == value && other.Kind != "pgbouncer").ToArray();
        return owners.FirstOrDefault(other => plan.Dependencies.Any(wait => wait.Service == other.Name)) ?? (owners is [var only] ? only : null);
    }

    private bool HasPassword(ReferenceHole hole) => hole.What == "url"
        && scope.Plans.Any(other => other.SettingsName == hole.Service && other.Store is not null);

    private static bool IsPath(string value) => value.StartsWith("/run/secrets/", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.-]*\z")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex ListedName();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]*\z")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"\A(?<prefix>.*?)_?(HOST|HOSTNAME|HOST_NAME|HOSTS|SERVER|SERVER_NAME|ADDR|ADDRESS|ENDPOINT|SERVICE_HOST|NODE|NODES|BROKER)\z",
    RegexOptions.IgnoreCase)]
    private static partial Regex HostName();

}
