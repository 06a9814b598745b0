using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>A command's arguments are shown to everybody who lists processes, in the container and on the host.</summary>
internal static partial class PasswordsInCommands
{
    public static ComposeRule Rule { get; } = new("SECRETS-NOT-IN-ENV", Severity.Warning, "No password is an argument of a command", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed)
    {
        foreach (var service in reviewed.Topology.Services)
        {
            if (Option().Match(string.Join(' ', service.Command)) is { Success: true } option)
                yield return Found(service.Name, "command", $"its command has a password behind '{option.Groups["option"].Value}'");
            if (service.Health is { } health && Option().Match(string.Join(' ', health.Test)) is { Success: true } asked)
                yield return Found(service.Name, "healthcheck", $"its probe has a password behind '{asked.Groups["option"].Value}'");
            // Redis' image takes arguments from a variable.
            if (service.Environment.TryGetValue("REDIS_ARGS", out var arguments) && Option().IsMatch(arguments.ToString()))
                yield return Found(service.Name, "environment.REDIS_ARGS", "the variable 'REDIS_ARGS' has a password");
        }
    }

    private static KeyedFinding Found(string service, string key, string what) => Rule.Warning(
        service,
        key,
        $"{what}: 'ps' and 'docker inspect' show it.",
        "Let it read the password from a file ('secrets:'), or in a configuration file that is mounted."
    );

    // What a shell fills in there is read from somewhere.
    [GeneratedRegex(@"(^|\s)(?<option>--(requirepass|masterauth|password|pass|user-password))[= ](?!\$|-)['""]?[^\s'""]")]
    private static partial Regex Option();
}
