using System.Text.RegularExpressions;

namespace Infra.Model.Rules;

/// <summary>Environments, commands and build arguments are shown to whoever may ask the engine.</summary>
internal static partial class SecretsNotInEnvironment
{
    public static Rule Rule { get; } = new("SECRETS-NOT-IN-ENV", Severity.Error, "Secrets reach services as files only", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
        topology.Services.SelectMany(service => (Finding[])[.. OfVariables(service), .. OfCommands(service), .. OfBuild(service)]);

    private static IEnumerable<Finding> OfVariables(ServiceSpec service)
    {
        foreach (var (name, value) in service.Environment)
            if (value.HasSecrets)
                yield return Rule.Error(service.Name,
                    $"the variable '{name}' shows {value.Secrets.Select(secret => secret.Name).Quoted()} to whoever inspects the container.",
                    $"Hand it over as a file, and its path in '{name}_FILE'.");
            else if (IsCredential(name, value.ToString()))
                yield return Rule.Error(service.Name,
                    $"the variable '{name}' looks like a credential that is written down.",
                    $"Make it a secret, and hand over its path in '{name}_FILE'.");
    }

    private static IEnumerable<Finding> OfCommands(ServiceSpec service)
    {
        if (service.Executed().Any(word => UrlWithPassword().IsMatch(word)))
            yield return Rule.Error(service.Name,
                "its command or probe has a URL with a password that is written down.",
                "Make the password a secret, and read it from its file.");
    }

    private static IEnumerable<Finding> OfBuild(ServiceSpec service) => service.Image is not BuiltImage built ? [] :
        from argument in built.Args
        where IsCredential(argument.Key, argument.Value)
        select Rule.Error(service.Name,
            $"the build argument '{argument.Key}' looks like a credential, and stays in the image's history.",
            "Leave it out of the build.");

    private static bool IsCredential(string name, string value) => UrlWithPassword().IsMatch(value)
        || (SecretName().IsMatch(name) && !HarmlessName().IsMatch(name) && !HarmlessValue().IsMatch(value));

    [GeneratedRegex(@"[a-z][a-z0-9+.-]*://[^\s/:@]*:[^\s/@${<%][^\s/@]*@", RegexOptions.IgnoreCase)]
    private static partial Regex UrlWithPassword();

    [GeneratedRegex("PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIAL|_KEY$|^KEY$|APIKEY", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    // Names that speak about a secret instead of holding one.
    [GeneratedRegex("_(FILE|PATH|DIR|URL|URI|NAME|ALGORITHM|HEADER|LENGTH|TTL|LIFETIME|EXPIRY|MINUTES|HOURS|SECONDS|DAYS|LIMIT)$|PUBLIC_KEY$", RegexOptions.IgnoreCase)]
    private static partial Regex HarmlessName();

    // Nothing, a path, a yes or no, or a reference that is filled in later.
    [GeneratedRegex(@"^(\s*|/.*|true|false|yes|no|on|off|\$\w+|\$\{\w+(:?\?[^}]*)?\})$", RegexOptions.IgnoreCase)]
    private static partial Regex HarmlessValue();
}
