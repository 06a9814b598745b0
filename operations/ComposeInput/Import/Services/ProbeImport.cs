using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Operations.ComposeInput.Import.Settings;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Probes: one that was written is kept, a store's is its component's, and what had none gets one where one is known.</summary>
internal sealed partial class ProbeImport(ImportScope scope, ServicePlan plan)
{
    private const string Key = "healthcheck.test";

    private readonly SettingsMap probe = new();

    public void Write()
    {
        var test = plan.Service.Words("healthcheck.test");
        var isOff = plan.Service.Flag("healthcheck.disable") || test is ["NONE"];
        if (plan.Kind == "step")
        {
            if (plan.Service.At("healthcheck") is not null)
                plan.Ledger.NotCarried("healthcheck", "A step is well when it ends with 0.", "Nothing is to do.");
            return;
        }

        var isOfImage = test.IsEmpty && !isOff
            && (plan.Service.At("healthcheck") is not null || scope.Recognizer.DockerfileOf(plan.Service).Health is not null);
        if (plan.IsStore) OfStore(test, isOff);
        else if (isOff) None("Its file switched the probe off.", Key);
        else if (!test.IsEmpty) Own(test);
        else if (isOfImage) probe.Set("image", SettingsNode.Flag(true));
        else Missing();
        if (isOfImage && !plan.IsStore) plan.Ledger.Carried(Key, "probe.image: true, the image's own HEALTHCHECK");
        if (isOff) plan.Ledger.Pass("healthcheck");
        else Times();
        plan.Settings.Set("probe", probe);
    }

    private void OfStore(ImmutableArray<string> test, bool isOff)
    {
        var ours = plan.Kind switch
        {
            "postgres" => "pg_isready over TCP, as the application comes",
            "rabbitmq" => "rabbitmq-diagnostics, without a start of its own",
            "pgbouncer" => "its own port",
            _ => "redis-cli ping, with the password",
        };
        plan.Ledger.Improved(Key, isOff || test.IsEmpty ? "none" : Shown(test), ours);
    }

    private void Own(ImmutableArray<string> test)
    {
        if (plan.Kind == "web" && Http().Match(string.Join(' ', test.Skip(1))) is { Success: true } match && PortOf(match) == plan.Port)
        {
            var path = match.Groups["path"] is { Success: true } written ? written.Value : "/";
            var hasCurl = match.Groups["tool"].Value == "curl" && HasCurl();
            plan.Settings.Set("health", path).Set("client", hasCurl ? "curl" : "urllib");
            if (hasCurl) plan.Ledger.Carried(Key, $"health: {path}");
            else plan.Ledger.Improved(Key, $"{match.Groups["tool"].Value}, which its image may not have", $"health: {path}, asked by Python");
            return;
        }

        var words = test switch
        {
            ["CMD-SHELL", .. var script] => ["sh", "-c", string.Join(' ', script)],
            ["CMD", .. var command] => command,
            _ => ["sh", "-c", string.Join(' ', test)],
        };
        if (SecretsInCommands.Hide(scope, plan, words) is not { } safe)
        {
            None("Its command had a password in it.", Key);
            return;
        }

        probe.Set("command", Spelling.Command(safe));
        plan.Ledger.Carried(Key, "probe.command");
    }

    private static int PortOf(Match match) =>
        match.Groups["port"] is { Success: true } port ? int.Parse(port.Value, CultureInfo.InvariantCulture) : 80;

    private void Missing()
    {
        var port = plan.Port;
        if (plan.Kind == "worker" && CeleryWorker().IsMatch(string.Join(' ', scope.Recognizer.CommandOf(plan.Service))))
        {
            plan.Settings.Set("ask", "ping");
            plan.Ledger.Improved(Key, "none", "ask: ping, Celery's own");
        }
        else if (plan.Kind == "beat")
        {
            probe.Set("command", SettingsNode.List(["grep", "-q", "beat", "/proc/1/cmdline"]));
            plan.Ledger.Improved(Key, "none", "whether beat is what runs; 'ask: heartbeat' sees more, with one module in the application");
        }
        else if (plan.Kind == "flower")
        {
            plan.Ledger.Improved(Key, "none", "its page");
        }
        else if (port is { } number && CanConnect())
        {
            probe.Set("tcp", SettingsNode.Number(number));
            plan.Ledger.Improved(Key, "none", $"probe.tcp: {number}");
        }
        else
        {
            None("It had none before the import: write what shows that it works.", Key);
        }
    }

    private void None(string reason, string key)
    {
        probe.Set("none", reason);
        plan.Ledger.Decide(
            key,
            "Nothing tells whether it works: it had no probe, and none is known for it.",
            $"Write infra:services.{plan.SettingsName}.probe: a command, or http, tcp or file."
        );
    }

    // It takes curl, wget, nc, bash or Python in the image.
    private bool CanConnect()
    {
        if (plan.RunsApplication || plan.Known.Image is not null) return ToolsOf(plan.Service.Text("image")) is not false;
        if (scope.Recognizer.DockerfileOf(plan.Service) is { IsRead: true, Base: { } from }) return !Bare().IsMatch(from);
        return plan.Service.Text("image") is { } image && Usual().IsMatch(image);
    }

    private static bool? ToolsOf(string? image) => image is not null && Bare().IsMatch(image) ? false : null;

    private bool HasCurl() => scope.Recognizer.DockerfileOf(plan.Service) is not { IsRead: true } file
        || file.Runs.Contains("curl", StringComparison.Ordinal);

    private void Times()
    {
        if (plan.Service.At("healthcheck") is null || plan.Settings["probe"] is not null) return;
        if (probe["none"] is not null)
        {
            plan.Ledger.Pass("healthcheck");
            return;
        }

        foreach (var (key, setting) in new[] { ("interval", "intervalSeconds"), ("timeout", "timeoutSeconds"),
            ("start_period", "startPeriodSeconds") })
            if (plan.Service.Time($"healthcheck.{key}") is { } time)
            {
                if (time > TimeSpan.Zero) probe.Set(setting, SettingsNode.Number(Spelling.Seconds(time)));
                plan.Ledger.Carried($"healthcheck.{key}", $"probe.{setting}: {Spelling.Seconds(time)}");
            }

        if (plan.Service.Number("healthcheck.retries") is not { } retries) return;
        probe.Set("retries", SettingsNode.Number((long)retries));
        plan.Ledger.Carried("healthcheck.retries", $"probe.retries: {(long)retries}");
    }

    // A password may stand in it.
    private static string Shown(ImmutableArray<string> test) => test switch
    {
        [_, var script, ..] => script.Split(' ')[0],
        _ => "a command",
    };

    [GeneratedRegex(
        @"\A\[?[""' ]*(?<tool>curl|wget)\b[^|;&]*?\bhttp://(localhost|127\.0\.0\.1|0\.0\.0\.0)(:(?<port>[0-9]+))?"
            + @"(?<path>/[A-Za-z0-9._~/-]*)?[""' \]]*(>\s*/dev/null(\s+2>&1)?)?\s*(\|\|\s*(exit\s+1|false))?\s*\z"
    )]
    private static partial Regex Http();

    [GeneratedRegex(@"\bcelery\b.*\bworker\b")]
    private static partial Regex CeleryWorker();

    [GeneratedRegex(
        @"\bscratch\b|distroless|traefik/whoami|\bnats(:(?!.*alpine)|$)|chainguard"
            + @"|jaegertracing|otel/|prom/(?!prometheus)|axllent|dex\b"
    )]
    private static partial Regex Bare();

    [GeneratedRegex(
        @"(^|/)(node|python|nginx|httpd|alpine|debian|ubuntu|busybox|adminer|phpmyadmin|dpage/pgadmin4"
            + @"|mailhog/mailhog|localstack/localstack"
            + @"|rediscommander|keycloak/keycloak|mongo-express|php|ruby|openjdk|eclipse-temurin)\b"
    )]
    private static partial Regex Usual();
}
