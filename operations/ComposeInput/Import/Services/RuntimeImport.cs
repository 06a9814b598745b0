using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>What an engine is told of any container, whatever is in it.</summary>
internal sealed partial class RuntimeImport(ImportScope scope, ServicePlan plan)
{
    private static readonly string[] OfContainers = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "NET_BIND_SERVICE", "SETGID", "SETUID"];

    private readonly ComposeService service = plan.Service;

    public void Write()
    {
        Restart();
        Stop();
        Text("working_dir", "workingDirectory", value => value == "/" || PathText().IsMatch(value));
        Text("platform", "platform", value => Platform().IsMatch(value));
        if (service.At("init") is not null) Set("init", "init", SettingsNode.Flag(service.Flag("init")));
        if (service.Flag("read_only")) Set("read_only", "readOnly", SettingsNode.Flag(true));
        else plan.Ledger.Pass("read_only");
        List("dns", "dns");
        Pairs("extra_hosts", "extraHosts");
        Map("sysctls", "sysctls");
        Devices();
        Ulimits();
        Logging();
        Labels();
        Capabilities();
        Security();
    }

    private void Restart()
    {
        var words = (service.Text("restart") ?? service.Text("deploy.restart_policy.condition") ?? "").Split(':');
        var key = service.At("restart") is not null ? "restart" : "deploy.restart_policy.condition";
        var most = words.ElementAtOrDefault(1) ?? service.Text("deploy.restart_policy.max_attempts");
        if (service.At("restart") is null && service.At("deploy.restart_policy.max_attempts") is not null)
            plan.Ledger.Carried("deploy.restart_policy.max_attempts", "restart");
        var isAwaited = scope.Plans.Any(other => other.Dependencies.Contains((plan.Name, "service_completed_successfully")));
        switch (words[0])
        {
            case "on-failure":
                Set(key, "restart", SettingsNode.Text(most is null or "0" ? "on-failure" : $"on-failure:{most}"));
                break;
            case "no" or "none" or "" or "false" when isAwaited && plan.Kind == "container":
                plan.Settings.Set("restart", "no");
                plan.Ledger.Carried(key, "restart: no, since others wait until it has ended");
                break;
            case "no" or "none" or "" or "false" when plan.Kind == "step":
                plan.Ledger.Carried(key, "a step runs once");
                break;
            case "no" or "none" or "" or "false":
                plan.Ledger.Improved(key, "not started again when it ends", "restart: unless-stopped");
                break;
            case "always" or "any" when plan.Kind == "step":
                plan.Ledger.Improved(key, words[0], "a step runs once");
                break;
            case "always" or "any":
                plan.Ledger.Improved(key, "always, after a stop by hand too", "unless-stopped");
                break;
            default: plan.Ledger.Carried(key, "restart: unless-stopped"); break;
        }
    }

    private void Stop()
    {
        Text("stop_signal", "stopSignal", _ => true);
        var usual = plan.Kind switch { "worker" => 60, "web" => 30, "postgres" => 120, _ => 0 };
        if (service.Time("stop_grace_period") is { } grace) Set("stop_grace_period", "graceSeconds", SettingsNode.Number(Spelling.Seconds(grace)));
        else if (usual > 0) plan.Ledger.Improved("stop_grace_period", "10 s until it is killed", $"{usual} s");
    }

    private void Text(string key, string setting, Func<string, bool> isTaken)
    {
        if (service.Text(key) is not { Length: > 0 } value) return;
        if (isTaken(value)) Set(key, setting, SettingsNode.Text(value));
        else plan.Ledger.NotCarried(key, $"'{value}' is none that the settings take.", $"Write {setting} by hand.");
    }

    private void List(string key, string setting)
    {
        if (service.Words(key) is { IsEmpty: false } words) Set(key, setting, SettingsNode.List(words));
    }

    private void Pairs(string key, string setting)
    {
        var map = new SettingsMap();
        foreach (var pair in service.Words(key).Select(word => word.Split(word.Contains('=', StringComparison.Ordinal) ? '=' : ':', 2)))
            if (pair is [var name, var value]) map.Set(name, value);
        if (!map.IsEmpty) Set(key, setting, map);
    }

    private void Map(string key, string setting)
    {
        foreach (var (name, value) in service.Map(key))
            if (key != "sysctls" || Parameter().IsMatch(name))
            {
                plan.Settings.Below(setting).Set(name, value ?? "");
                plan.Ledger.Carried($"{key}.{name}", $"{setting}.{name}");
            }
            else
            {
                plan.Ledger.NotCarried(
                    $"{key}.{name}",
                    "It is the whole machine's, and no container's own.",
                    "Set it on the machine, in /etc/sysctl.d."
                );
            }
    }

    private void Logging()
    {
        if (service.At("logging") is null)
        {
            plan.Ledger.Improved("logging", "a file without bound", "3 files of 10 MiB");
            return;
        }

        var logging = new SettingsMap().Set("driver", service.Text("logging.driver") is "json-file" or null ? null : service.Text("logging.driver"));
        foreach (var (name, value) in service.Map("logging.options")) logging.Below("options").Set(name, value ?? "");
        if (service.Text("logging.driver") is "none") plan.Ledger.NotCarried(
            "logging.driver",
            "Each service has a log.",
            "Write driver: local for small files."
        );
        else if (service.At("logging.driver") is not null) plan.Ledger.Carried("logging.driver", $"logging.driver: {service.Text("logging.driver")}");
        if (service.At("logging.options") is not null) plan.Ledger.Carried("logging.options", "logging.options");
        if (service.Text("logging.driver") is not "none") plan.Settings.Set("logging", logging);
    }

    private void Capabilities()
    {
        var added = service.Words("cap_add").Select(Bare).ToImmutableArray();
        if (!added.IsEmpty && plan.IsStore)
            plan.Ledger.NotCarried("cap_add", $"A {plan.Kind} works without any.", "Nothing is to do.");
        else if (!added.IsEmpty)
            Set(
                "cap_add",
                "capabilities",
                SettingsNode.List((plan.RunsApplication ? [] : OfContainers).Concat(added).Distinct().Order(StringComparer.Ordinal))
            );
        if (service.At("cap_drop") is null && added.IsEmpty)
            plan.Ledger.Improved(
                "cap_drop",
                "the engine's 14 capabilities",
                plan.RunsApplication || plan.IsStore ? "none" : $"{OfContainers.Length} that entrypoints need"
            );
        else if (service.At("cap_drop") is not null) plan.Ledger.Carried("cap_drop", "all are dropped but those in capabilities");
    }

    private void Security()
    {
        var options = service.Words("security_opt");
        var left = options.Where(option => !option.StartsWith("no-new-privileges", StringComparison.Ordinal)).ToArray();
        if (options.IsEmpty) plan.Ledger.Improved("security_opt", "programs may gain privileges", "no-new-privileges");
        else if (left.Length == 0) plan.Ledger.Carried("security_opt", "no-new-privileges, as everywhere");
    }

    private void Set(string key, string setting, SettingsNode value)
    {
        plan.Settings.Set(setting, value);
        plan.Ledger.Carried(key, setting);
    }

    private static string Bare(string capability) =>
        capability.ToUpperInvariant() is var name && name.StartsWith("CAP_", StringComparison.Ordinal) ? name[4..] : name;

    private static string? Of(JsonObject map, string key) => ComposeService.TextOf(map[key]);

    [GeneratedRegex(@"\A(/[A-Za-z0-9._@+-]+)+/?\z")]
    private static partial Regex PathText();

    [GeneratedRegex(@"\Alinux/[a-z0-9]+(/v[0-9]+)?\z")]
    private static partial Regex Platform();

    [GeneratedRegex(
        @"\A(net(\.[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*)+"
            + @"|fs\.mqueue\.[a-z_]+|kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced))\z"
    )]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/-]{0,127}\z")]
    private static partial Regex LabelName();
}
