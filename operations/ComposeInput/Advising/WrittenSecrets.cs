using System.Text.RegularExpressions;
using Infra.Model;
using static Infra.Operations.ComposeInput.Advising.Advice;

namespace Infra.Operations.ComposeInput.Advising;

/// <summary>Credentials: what is written down in a file is for all who have it, what is filled in for all who may use the engine.</summary>
internal static partial class WrittenSecrets
{
    private const string Inspect = "'docker inspect' shows it";

    public static Advice? Variable(Advised found)
    {
        var name = found.Subject;
        var value = found.Keys.Text($"environment.{name}") ?? found.Service.Environment[name].ToString();
        var lines = found.Reviewed.Application.Lines;
        var written = lines.Text("services", found.Service.Name, "environment", name);
        var action = Instead(found, name);
        if (lines.At("services", found.Service.Name, "environment", name) is null)
            return Warning("env_file", action, $"the variable '{name}', from 'env_file', looks like a credential: {Inspect}.");
        if (written is null || !written.Contains('$', StringComparison.Ordinal))
            return written is null
                ? Warning($"environment.{name}", action, $"the variable '{name}' looks like a credential: {Inspect}.")
                : Error($"environment.{name}", action, $"the variable '{name}' looks like a credential, written down in this file.");
        return Default(written, value) is { } usual
            ? Error(
                $"environment.{name}",
                $"Write '${{{usual}:?}}' without a default. {action}",
                $"the variable '{name}' looks like a credential, and where '{usual}' is not set it is the default, written down in this file."
            )
            : Warning($"environment.{name}", action, $"the variable '{name}' looks like a credential: {Inspect}.");
    }

    public static Advice Argument(Advised found) => Error(
        $"build.args.{found.Subject}",
        "Hand it over with 'build.secrets', and read it with 'RUN --mount=type=secret' in the Dockerfile."
    );

    public static Advice Command(Advised found) => Warning(
        found.Service.Health is { } health && health.Test.Any(word => word.Contains("://", StringComparison.Ordinal)) ? "healthcheck" : "command",
        "Read the password from a file below '/run/secrets' there ('secrets:').",
        $"its command or probe has a URL with a password: {Inspect}."
    );

    // The images that are known to read a file in a variable's place.
    private static string Instead(Advised found, string name)
    {
        var file = (found.Reviewed.What(found.Service.Name).Kind, found.Service.Role) switch
        {
            ("postgres", _) when name is "POSTGRES_PASSWORD" or "POSTGRES_USER" => true,
            (_, ServiceRole.Database) when OfDatabase().IsMatch(name) => true,
            _ => name.StartsWith("GF_", StringComparison.Ordinal)
                || (OfBitnami().IsMatch(name) && found.Keys.Text("image")?.Contains("bitnami", StringComparison.Ordinal) == true),
        };
        var variable = name.StartsWith("GF_", StringComparison.Ordinal) ? name + "__FILE" : name + "_FILE";
        return file
            ? $"Hand it over as a file: '{variable}: /run/secrets/{name.ToLowerInvariant()}' and 'secrets: [{name.ToLowerInvariant()}]'."
            : $"Hand it over as a file ('secrets: [{name.ToLowerInvariant()}]'), and let the program read '/run/secrets/{name.ToLowerInvariant()}'.";
    }

    // The name in ${NAME:-default}, where the default is a value and stands in what came of it.
    private static string? Default(string written, string value) =>
        Defaults().Matches(written).FirstOrDefault(match =>
            match.Groups["default"].Value is { Length: > 0 } usual
            && value.Contains(usual, StringComparison.Ordinal)
            && !usual.Contains('$', StringComparison.Ordinal)
            && (match.Length == written.Length || LooksSecret().IsMatch(match.Groups["name"].Value))
        )?.Groups["name"].Value;

    [GeneratedRegex("^(MYSQL|MARIADB|MONGO_INITDB)_")]
    private static partial Regex OfDatabase();

    [GeneratedRegex("^(POSTGRESQL|REDIS|VALKEY|RABBITMQ|MARIADB|MYSQL)_.*(PASSWORD|USER)")]
    private static partial Regex OfBitnami();

    [GeneratedRegex(@"\$\{(?<name>\w+):?-(?<default>[^{}]*)\}")]
    private static partial Regex Defaults();

    [GeneratedRegex("PASS|PWD|SECRET|TOKEN|KEY", RegexOptions.IgnoreCase)]
    private static partial Regex LooksSecret();
}
