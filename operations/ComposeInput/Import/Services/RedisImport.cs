using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Operations.ComposeInput.Reading;
using Infra.Stacks.Configuration;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>A Redis or Valkey: its password, its memory, what of it outlives a restart.</summary>
internal static partial class RedisImport
{
    // What a backup relies on, what has a setting, and what the component says itself.
    private static readonly string[] Own =
    [
        "aclfile", "appenddirname", "appendfilename", "bind", "daemonize", "dbfilename", "dir", "include", "pidfile", "port", "protected-mode",
        "rename-command", "unixsocket", "user", "masterauth", "loadmodule", "logfile",
    ];

    /// <summary>Whether its command is the server.</summary>
    public static bool IsServer(string program) => program[(program.LastIndexOf('/') + 1)..] is "redis-server" or "valkey-server"
        || program.StartsWith("--", StringComparison.Ordinal) || program.EndsWith(".conf", StringComparison.Ordinal);

    /// <summary>Whether its command is a shell's script that starts the server.</summary>
    public static bool IsScript(ImmutableArray<string> command) =>
        command is [_, "-c", var script]
            && (script.Contains("redis-server", StringComparison.Ordinal) || script.Contains("valkey-server", StringComparison.Ordinal));

    /// <summary>Whether it is a part of a cluster, of a replication, or what watches one.</summary>
    public static bool IsMoreThanOne(ComposeService service) => Together().IsMatch(string.Join(' ', service.Words("command")));

    public static StoreFacts Facts(ImportScope scope, ComposeService service)
    {
        var directives = Directives(service);
        var variables = new StoreVariables(scope, service);
        var password = directives.GetValueOrDefault("requirepass") ?? ConfigurationFile(service)?.GetValueOrDefault("requirepass");
        return new StoreFacts("redis", 6379) { Password = Filled(password, variables) is { Length: > 0 } value ? value : null };
    }

    public static void Write(ImportScope scope, ServicePlan plan, bool asksForPassword)
    {
        var (service, ledger, settings) = (plan.Service, plan.Ledger, plan.Settings);
        StoreParts.Image(scope, plan);
        var directives = Directives(service);
        foreach (var (name, value) in ConfigurationFile(service) ?? []) directives.TryAdd(name, value);
        Passwords(scope, plan, asksForPassword);
        if (directives.GetValueOrDefault("maxmemory") is { } most && Size.TryParse(Unit().IsMatch(most) ? most : most + "b", out var size)
            && size.Bytes > 1)
            settings.Set("maxMemory", SettingsNode.Word(Spelling.Size(size.Bytes)));
        if (directives.GetValueOrDefault("maxmemory-policy") is { } policy) Policy(plan, policy);
        var left = directives.Where(each => each.Key is not ("requirepass" or "maxmemory" or "maxmemory-policy" or "appendonly")).ToArray();
        foreach (var (name, value) in left.Where(each => !Own.Contains(each.Key) && each.Value.Length > 0))
            settings.Below("parameters").Set(name, value);
        var refused = left.Where(each => Own.Contains(each.Key) && each.Key is not ("bind" or "port" or "dir" or "daemonize" or "protected-mode"))
            .Select(each => each.Key).ToArray();
        if (service.At("command") is not null)
        {
            if (refused.Length > 0)
                ledger.NotCarried(
                    "command",
                    $"{string.Join(", ", refused)}: kept for the component's own use.",
                    "Nothing is to do where clients need none of it."
                );
            else ledger.Carried("command", directives.Count == 0 ? "the component's own" : $"settings: {string.Join(", ", directives.Keys)}");
        }

        if (directives.GetValueOrDefault("appendonly") != "yes")
            ledger.Improved(
                "command.appendonly",
                "what was written since the last snapshot is lost with the container",
                "an append-only file on a volume"
            );
        StoreParts.Other(plan, ["REDIS_PASSWORD", "VALKEY_PASSWORD"], new Dictionary<string, string>
        {
            ["ALLOW_EMPTY_PASSWORD"] = "It is for another image.",
        });
    }

    private static void Passwords(ImportScope scope, ServicePlan plan, bool asksForPassword)
    {
        var secret = StoreParts.PasswordOf(plan.SettingsName);
        if (plan.Store!.Password is { } password)
        {
            scope.Secrets.Add(secret, password, plan.SettingsName);
            plan.Ledger.Improved("command.requirepass", "a value that every 'docker inspect' shows", $"the secret {secret}, as a file");
        }
        else if (asksForPassword)
        {
            plan.Ledger.Improved("command.requirepass", "no password", $"the secret {secret}, which its clients get with the URL");
        }
        else
        {
            plan.Settings.Set("password", SettingsNode.Flag(false), "Some of its clients are told no URL, so they could give no password.");
            plan.Ledger.Decide(
                "command.requirepass",
                "It asks for no password, as before: some of its clients know it by its address alone.",
                $"Hand them the password, {{{plan.SettingsName}.password}} or {{{plan.SettingsName}.url}}, and drop password: false."
            );
        }
    }

    private static void Policy(ServicePlan plan, string policy)
    {
        var word = policy switch
        {
            "noeviction" => "no-eviction",
            "volatile-lru" => "volatile-lru",
            "allkeys-lru" => "all-keys-lru",
            _ => null,
        };
        if (word is null)
            plan.Ledger.NotCarried(
                "command.maxmemory-policy",
                $"'{policy}' is none of those that can be set.",
                "Write eviction: volatile-lru, all-keys-lru or no-eviction."
            );
        else
            plan.Settings.Set("broker", word == "no-eviction" ? null : SettingsNode.Flag(false)).Set("eviction", word);
    }

    private static Dictionary<string, string> Directives(ComposeService service)
    {
        var words = service.Words("command");
        if (words is [_, "-c", var script]) words = [.. CommandLine.Split(script)];
        var directives = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < words.Length; at++)
        {
            if (!words[at].StartsWith("--", StringComparison.Ordinal)) continue;
            var name = words[at][2..].ToLowerInvariant();
            var values = words.Skip(at + 1).TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
            directives[name] = directives.TryGetValue(name, out var before) ? $"{before} {string.Join(' ', values)}" : string.Join(' ', values);
        }

        return directives;
    }

    // redis-server /usr/local/etc/redis/redis.conf, where that is a file of the project
    private static Dictionary<string, string>? ConfigurationFile(ComposeService service)
    {
        var path = service.Words("command").FirstOrDefault(word => word.EndsWith(".conf", StringComparison.Ordinal));
        var source = service.Items("volumes").FirstOrDefault(mount => path is not null && ComposeService.TextOf(mount["target"]) == path)?["source"];
        if (ComposeService.TextOf(source) is not { } file || !File.Exists(file)) return null;
        var directives = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
            if (line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var name, var value])
                directives[name.ToLowerInvariant()] = value.Trim('"');
        return directives;
    }

    // $REDIS_PASSWORD and ${REDIS_PASSWORD} in a shell's script
    private static string? Filled(string? text, StoreVariables variables) =>
        text is null ? null : Mention().Replace(text, match => variables.Text(match.Groups["name"].Value) ?? "");

    [GeneratedRegex(@"cluster-enabled\s+yes|\breplicaof\b|\bslaveof\b|sentinel")]
    private static partial Regex Together();

    [GeneratedRegex("[A-Za-z]$")]
    private static partial Regex Unit();

    [GeneratedRegex(@"\$\{?(?<name>\w+)\}?")]
    private static partial Regex Mention();
}
