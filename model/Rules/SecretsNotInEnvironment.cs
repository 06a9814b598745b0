using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Model.Rules;

/// <summary>Environments, commands and build arguments are shown to everyone who may use the engine.</summary>
internal static partial class SecretsNotInEnvironment
{
    public static Rule Rule { get; } = new("SECRETS-NOT-IN-ENV", Severity.Error, "Secrets reach services as files only", topology => Check(topology));

    private static ImmutableArray<Finding> Check(Topology topology) => Finding.Merge(
        topology.Services.SelectMany(service => (Finding[])[.. OfVariables(service), .. OfCommands(service), .. OfBuild(service)]));

    private static IEnumerable<Finding> OfVariables(ServiceSpec service)
    {
        foreach (var (name, value) in service.Environment)
            if (value.HasSecrets)
                yield return Rule.Error(service.Name,
                    $"the variable '{name}' shows {value.Secrets.Select(secret => secret.Name).Quoted()} to anyone who inspects the container.",
                    $"Hand it over as a file, and its path in '{name}_FILE'.",
                    $"secret:{name}");
            else if (!service.Public.Contains(name) && IsCredential(name, value.ToString()))
                yield return Rule.Error(service.Name,
                    $"the variable '{name}' looks like a credential that is written down.",
                    "Make it a secret (infra:app.secrets, with delivery: export for a program that reads no file), "
                        + "or, if it is none, name it in infra:app.public.",
                    $"variable:{name}"
                );
    }

    private static IEnumerable<Finding> OfCommands(ServiceSpec service)
    {
        if (service.Executed().Any(word => UrlWithPassword().IsMatch(word)))
            yield return Rule.Error(service.Name,
                "its command or probe has a URL with a password that is written down.",
                "Make the password a secret, and read it from its file.",
                "command");
    }

    private static IEnumerable<Finding> OfBuild(ServiceSpec service) => service.Image is not BuiltImage built ? [] :
        from argument in built.Args
        where !service.Public.Contains(argument.Key) && IsCredential(argument.Key, argument.Value)
        select Rule.Error(service.Name,
            $"the build argument '{argument.Key}' looks like a credential, and stays in the image's history.",
            "Leave it out of the build, or, if it is none, name it in infra:app.public.",
            $"argument:{argument.Key}");

    internal static bool IsCredential(string name, string value) => UrlWithPassword().IsMatch(value) || Issued().IsMatch(value)
        || (SecretName().IsMatch(name) && !HarmlessKey().IsMatch(name) && !HarmlessValue().IsMatch(value));

    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://[^\s/:@]*:[^\s/@${<%][^\s/@]*@", RegexOptions.IgnoreCase)]
    private static partial Regex UrlWithPassword();

    // What some who issue keys begin them with, and private keys.
    [GeneratedRegex(
        @"^(sk|rk)_(live|test)_\w{8}|^(ghp|gho|ghs|github_pat|glpat|xox[abprs]|pypi)[_-]\w{10}|^AKIA[0-9A-Z]{16}$|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    )]
    private static partial Regex Issued();

    // Names that end in the word, and so hold such a value: PASSWORD_HASHERS and TOKEN_BUCKET_SIZE speak of something else.
    [GeneratedRegex(
        "(PASSWORD|PASSWD|PASSPHRASE|_PASS|_PWD|SECRET|SECRETS|TOKEN|TOKENS|CREDENTIALS?|APIKEY|^KEY|_KEY|_KEYS|SECRET_KEY_(BASE|FALLBACKS))$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex SecretName();

    // Keys that open nothing.
    [GeneratedRegex(
        "(^|_)(PUBLIC|PUBLISHABLE|SITE|CACHE|SORT|PRIMARY|FOREIGN|PARTITION|SHARD|HASH|RANGE|ROUTING|"
            + "GROUP|INDEX|LOOKUP|ORDER|UNIQUE|OBJECT|BUCKET|PREFIX|IDEMPOTENCY)_KEYS?$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex HarmlessKey();

    // Nothing, a yes or no, a reference that is filled in later (Grafana's has two underscores),
    // a URI (one with a password was seen before), and what has a path among its arguments: a file, or a command that reads one.
    [GeneratedRegex(
        @"^(\s*|true|false|yes|no|on|off|\$\w+|\$\{\w+(:?\?[^}]*)?\}|\$__(env|file|vault)\{[^}]+\}|[a-z][a-z0-9+.-]*://.*|(.*\s)?\.{0,2}/.*)$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex HarmlessValue();
}
