using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>A Postgres: its image, its user, its database, its parameters, its data.</summary>
internal static class PostgresImport
{
    private static readonly ImmutableDictionary<string, string> Own = new Dictionary<string, string>
    {
        ["POSTGRES_USER"] = "user",
        ["POSTGRES_PASSWORD"] = "password",
        ["POSTGRES_DB"] = "name",
    }.ToImmutableDictionary();

    // What the image's own script makes as the superuser, or a role of the application's could not.
    private static readonly (string Image, string Extension)[] Extensions =
        [("postgis", "postgis"), ("pgvector", "vector"), ("timescale", "timescaledb")];

    public static StoreFacts Facts(ImportScope scope, ComposeService service)
    {
        var values = new StoreVariables(scope, service);
        var user = values.Text("POSTGRES_USER") ?? "postgres";
        return new StoreFacts("postgresql", 5432)
        {
            User = user,
            Password = values.Text("POSTGRES_PASSWORD"),
            Name = values.Text("POSTGRES_DB") ?? user,
            OwnVariables = Own,
        };
    }

    public static void Write(ImportScope scope, ServicePlan plan)
    {
        var (service, ledger, settings, facts) = (plan.Service, plan.Ledger, plan.Settings, plan.Store!);
        var image = StoreParts.Image(scope, plan);
        WriteMajor(plan, image);
        settings.Set("user", facts.User == "app" ? null : facts.User).Set("database", facts.Name == "app" ? null : facts.Name);
        Credentials(scope, plan);
        foreach (var (part, extension) in Extensions)
            if (image.Repository.Contains(part, StringComparison.Ordinal))
            {
                settings.Set("extensions", SettingsNode.List([extension]));
                if (extension == "timescaledb") settings.Below("parameters").Set("shared_preload_libraries", "timescaledb");
            }

        Parameters(plan);
        if (service.Map("environment").Any(variable => variable is { Key: "PGDATA", Value: { } data } && !IsUsual(data, image)))
            ledger.Decide(
                "environment.PGDATA",
                $"The data lie in '{service.Text("environment.PGDATA")}', and a postgres here has them at {PostgresLayout.Folder(image)}.",
                $"Move them up in the volume before the first up, with the service stopped, or restore a dump: './infra.sh restore'."
            );
        StoreParts.Other(plan, Own.Keys.Append("POSTGRES_PASSWORD_FILE").Append("PGDATA"), new Dictionary<string, string>
        {
            ["POSTGRES_HOST_AUTH_METHOD"] = "Every role has a password here, and the superuser comes through the container's socket alone.",
            ["POSTGRES_INITDB_ARGS"] = "A volume is made with the image's own locale and encoding (UTF-8).",
        });
    }

    private static void Credentials(ImportScope scope, ServicePlan plan)
    {
        var (ledger, facts) = (plan.Ledger, plan.Store!);
        StoreParts.Password(scope, plan, "POSTGRES_PASSWORD");
        if (plan.Service.Text("environment.POSTGRES_USER") is not null)
            ledger.Improved(
                "environment.POSTGRES_USER",
                $"{facts.User}, a superuser",
                $"user: {facts.User}, which owns its databases and is no superuser"
            );
        else
            ledger.Improved("environment.POSTGRES_USER", "postgres, a superuser", "user: postgres, which owns its databases and is no superuser");
        if (plan.Service.Text("environment.POSTGRES_DB") is not null) ledger.Carried("environment.POSTGRES_DB", $"database: {facts.Name}");
    }

    private static void WriteMajor(ServicePlan plan, PinnedImage image)
    {
        if (PostgresLayout.Major(image) is not null) return;
        var isOld = plan.Service.Items("volumes").Any(mount => ComposeService.TextOf(mount["target"])?.TrimEnd('/') == PostgresLayout.Child);
        var major = isOld ? 17 : 18;
        plan.Settings.Set("major", SettingsNode.Number(major));
        plan.Ledger.Decide(
            "image",
            $"'{image}' does not tell its major version, and {major} is a guess by where its volume is mounted.",
            "Write the version that the data were made with: 'docker exec CONTAINER cat /var/lib/postgresql/data/PG_VERSION' shows it."
        );
    }

    private static bool IsUsual(string data, PinnedImage image) => data.TrimEnd('/') == PostgresLayout.Folder(image)
        || (PostgresLayout.Major(image) >= 18 && data.StartsWith(PostgresLayout.Parent, StringComparison.Ordinal));

    // postgres -c max_connections=200 -c shared_buffers=256MB
    private static void Parameters(ServicePlan plan)
    {
        var words = plan.Service.Words("command");
        if (words.IsEmpty) return;
        if (words is ["sh" or "bash" or "/bin/sh" or "/bin/bash", "-c",
            var script]) words = [.. Infra.Stacks.Configuration.CommandLine.Split(script)];
        var parameters = new SettingsMap();
        var left = new List<string>();
        for (var at = words[0] is "postgres" or "docker-entrypoint.sh" ? 1 : 0; at < words.Length; at++)
        {
            var pair = words[at] is "-c" or "--config" && at + 1 < words.Length ? words[++at]
                : words[at].StartsWith("-c", StringComparison.Ordinal) ? words[at][2..]
                : words[at].StartsWith("--", StringComparison.Ordinal) ? words[at][2..]
                : words[at];
            if (pair == "postgres") continue;
            var (name, value) = pair.Split('=', 2) is [var key, var text]
                ? (key.Trim().Replace('-', '_').ToLowerInvariant(), text.Trim(' ', '\'', '"')) : (pair, "");
            if (value.Length == 0 || !IsParameter(name)) left.Add(words[at]);
            else parameters.Set(name, value);
        }

        foreach (var parameter in parameters.Entries) plan.Settings.Below("parameters").Set(parameter.Key, parameter.Value);
        if (left.Count > 0)
            plan.Ledger.NotCarried("command", $"'{string.Join(' ', left)}' is no parameter that can be set.", "Write what it says as parameters.");
        else
            plan.Ledger.Carried(
                "command",
                parameters.IsEmpty ? "the image's own" : $"parameters: {string.Join(", ", parameters.Entries.Select(each => each.Key))}"
            );
    }

    private static bool IsParameter(string name) =>
        name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_' or '.')
        && char.IsAsciiLetterLower(name[0])
        && name is not ("config_file" or "data_directory" or "external_pid_file" or "hba_file" or "ident_file" or "listen_addresses" or "port"
            or "unix_socket_directories");
}
