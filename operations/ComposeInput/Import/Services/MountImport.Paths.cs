using System.Text.RegularExpressions;
using Infra.Operations.ComposeInput.Import.Settings;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <content>What paths and names mean.</content>
internal sealed partial class MountImport
{
    private bool InitScript(string key, string source, string target, string[] said)
    {
        if (target != "/docker-entrypoint-initdb.d" && !target.StartsWith("/docker-entrypoint-initdb.d/", StringComparison.Ordinal)) return false;
        var path = scope.PathOf(source);
        var isFolder = Directory.Exists(source);
        if (!scope.IsBelow(source)
            || (isFolder ? target.EndsWith("initdb.d", StringComparison.Ordinal) && path.Split('/')[^1].Contains('.') : !Script().IsMatch(path)))
            return false;
        var scripts = plan.Settings["initScripts"] is SettingsList list ? list.Items : [];
        if (isFolder && scripts.Length > 0) return false;
        plan.Settings.Set("initScripts", SettingsNode.List(scripts.Add(path)));
        plan.Ledger.Carried(key, $"initScripts: {path}", said);
        return true;
    }

    // The build's own folder, or one in it.
    private bool IsCode(string source) => plan.Service.Text("build.context") is { } context
        && (Path.GetFullPath(source) + "/").StartsWith(Path.GetFullPath(context).TrimEnd('/') + "/", StringComparison.Ordinal)
        && (File.Exists(source) ? source.EndsWith(".py", StringComparison.Ordinal) : Directory.Exists(source) && HasCode(source));

    private static bool HasCode(string folder) =>
        Directory.EnumerateFiles(folder, "*.py",
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true }).Any();

    private static bool IsConfiguration(string source) => Configuration().IsMatch(source) && !Directory.Exists(source);

    // A name that the settings take, and the engine's own stays in infra:volumes.
    private static string VolumeName(string name) =>
        string.Concat(name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter
            : '-')).TrimStart('-', '_');

    private string? Fault(string target) => System().IsMatch(target) ? $"'{target}' is a part of the container's own system."
        : plan.RunsApplication && IsOverCode(target)
            ? $"A volume at '{target}' hides the code that the image has there, now and after each release." : null;

    private static bool IsOverCode(string target) => target is "/app" or "/app/src" || "/app/src".StartsWith(target + "/", StringComparison.Ordinal);

    [GeneratedRegex(@"\A(/[A-Za-z0-9._@+-]+)+\z")]
    private static partial Regex Target();

    [GeneratedRegex(@"\.(sql|sql\.gz|sql\.xz|sql\.zst|sh)\z")]
    private static partial Regex Script();

    [GeneratedRegex(@"\.(conf|cfg|ini|ya?ml|toml|template|tmpl|crt|pem|key|sql|sh|xml|html|env|properties|Caddyfile)\z|/Caddyfile\z")]
    private static partial Regex Configuration();

    [GeneratedRegex(
        @"\A/(bin|boot|dev|etc|home|lib|lib64|opt|proc|root|run|run/configs|run/secrets|sbin|sys|tmp|usr|usr/bin|usr/lib|usr/local|usr/local/bin"
            + @"|usr/local/lib|usr/sbin|var|var/lib|var/run)\z"
            + @"|\A/(dev|proc|sys|run/configs|run/secrets)/"
    )]
    private static partial Regex System();
}
