using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Volumes, folders of the host and folders in memory.</summary>
internal sealed partial class MountImport(ImportScope scope, ServicePlan plan)
{
    private readonly SettingsMap volumes = new();
    private readonly SettingsMap folders = new();

    public void Write()
    {
        foreach (var (at, mount) in plan.Service.Items("volumes").Index())
        {
            var key = FormattableString.Invariant($"volumes[{at}]");
            var (source, target) = (Text(mount, "source"), (Text(mount, "target") ?? "").TrimEnd('/'));
            if (!Target().IsMatch(target) || target.Split('/').Any(part => part is "." or ".."))
                Refuse(
                    key,
                    $"'{target}' is not a path that the settings take.",
                    "Mount it at a path of letters, digits, '.', '_', '-', '+' and '@'."
                );
            else if (target == "/proc" || target.StartsWith("/proc/", StringComparison.Ordinal))
                Refuse(key, "It is the kernel's own place.", "Mount it elsewhere, such as /host/proc.");
            else
                switch (Text(mount, "type"))
                {
                    case "volume": Volume(key, mount, source, target); break;
                    case "bind" when source is not null: Bind(key, mount, source, target); break;
                    case "tmpfs": InMemory(key, target, (mount["tmpfs"] as JsonObject)?["size"], "type", "target", "tmpfs.size"); break;
                    default: Refuse(key, $"A mount of the type '{Text(mount, "type")}' has no setting.", "Mount a folder or a volume."); break;
                }
        }

        foreach (var (at, text) in plan.Service.Words("tmpfs").Index())
        {
            var (path, options) = text.Split(':', 2) is [var first, var second] ? (first, second) : (text, "");
            var size = options.Split(',').FirstOrDefault(option => option.StartsWith("size=", StringComparison.Ordinal))?["size=".Length..];
            var key = plan.Service.At("tmpfs") is JsonArray { Count: > 1 } ? FormattableString.Invariant($"tmpfs[{at}]") : "tmpfs";
            InMemory(key, path.TrimEnd('/'), size);
        }

        if (plan.Service.At("tmpfs") is not null) plan.Ledger.Pass("tmpfs");
        plan.Settings.Set("volumes", volumes).Set("folders", folders);
    }

    private void Volume(string key, JsonObject mount, string? source, string target)
    {
        if (DataPath(target) is { } data)
        {
            if (source is null) plan.Ledger.Improved(
                key,
                "a volume without a name, which the next 'down -v' or prune takes",
                $"the volume {plan.SettingsName}",
                Said
            );
            else Data(key, source, data);
            return;
        }

        var name = VolumeName(source ?? $"{plan.SettingsName}-{target.Split('/')[^1]}");
        if (plan.IsStore)
            Refuse(
                key,
                $"A {plan.Kind} has one volume, that of its data.",
                "Mount a folder of the project in folders, or run a container beside it."
            );
        else if (Fault(target) is { } fault)
            Refuse(key, fault, "Mount it at a folder that holds nothing but data.");
        else if (volumes[name] is not null)
            Refuse(
                key,
                $"The volume '{name}' is mounted in this service already, and has one place in it.",
                "Give the second folder a volume of its own."
            );
        else
        {
            var text = target + (Text(mount, "read_only") == "true" ? ":ro" : "");
            volumes.Set(name, text);
            if (source is not null) Keep(source, name);
            if (source is null) plan.Ledger.Improved(key, "a volume without a name, new with each container", $"volumes.{name}: {text}", Said);
            else plan.Ledger.Carried(key, $"volumes.{name}: {text}", Said);
        }
    }

    private void Data(string key, string source, string? otherPath)
    {
        var name = VolumeName(source);
        if (name != plan.SettingsName) plan.Settings.Set("volume", name);
        Keep(source, name);
        if (otherPath is { Length: > 0 })
            plan.Ledger.Decide(
                key,
                $"It is mounted at {otherPath}, where this version of the image keeps nothing: the data were in a volume without a name, or nowhere.",
                "Dump the running database before the first up, and restore it after: docs/import.md#data.",
                Said
            );
        else plan.Ledger.Carried(key, $"volume: {name}", Said);
    }

    // Nothing where it is no place of a store's data; a path where it is one of another version.
    private string? DataPath(string target)
    {
        switch (plan.Kind)
        {
            case "postgres":
                if (target is not (PostgresLayout.Parent or PostgresLayout.Child)) return null;
                var folder = PostgresLayout.Folder(PinnedImage.Parse((plan.Settings["image"] as SettingsText)?.Value ?? "postgres:latest"));
                return folder is null || folder == target ? "" : target;
            case "redis" or "valkey": return target == "/data" ? "" : null;
            case "rabbitmq": return target switch { "/var/lib/rabbitmq" => "", "/var/lib/rabbitmq/mnesia" => target, _ => null };
            default: return null;
        }
    }

    private void Keep(string source, string name)
    {
        var physical = scope.Application.PhysicalName("volumes", source);
        scope.Volumes[name] = physical;
        var ledger = scope.LedgerOf("volumes", source);
        ledger.Pass("name");
        if (scope.Application.IsExternal("volumes", source)) ledger.Pass("external");
    }

    private void Bind(string key, JsonObject mount, string source, string target)
    {
        string[] said = ["type", "source", "target", "read_only", "bind.selinux"];
        if (plan.RunsApplication && IsCode(source) && scope.IsProd)
        {
            plan.Ledger.Improved(
                key,
                $"the code of {scope.PathOf(source)}, mounted over the image's",
                "the code that the image was built with",
                said
            );
            return;
        }

        if (plan.Kind == "postgres" && InitScript(key, source, target, said)) return;
        if (Path.GetFullPath(source) == Path.GetFullPath(scope.Root))
        {
            ByParts(key, source, target, said);
            return;
        }

        var isReadOnly = Text(mount, "read_only") == "true" || IsConfiguration(source);
        Folder(source, target, isReadOnly, (mount["bind"] as JsonObject)?["selinux"]);
        if (isReadOnly && Text(mount, "read_only") != "true") plan.Ledger.Improved(
            key,
            "a file that the service could write",
            $"folders.{target}, only read",
            said
        );
        else plan.Ledger.Carried(key, $"folders.{target}", said);
    }

    // With the project's whole folder a service has every stack's secrets.
    private void ByParts(string key, string source, string target, string[] said)
    {
        var parts = Directory.EnumerateDirectories(source).Select(Path.GetFileName).OfType<string>()
            .Where(name => name[0] != '.' && name is not ("node_modules" or "__pycache__" or "venv" or "bin" or "obj")
                && Target().IsMatch("/" + name))
            .Order(StringComparer.Ordinal).ToArray();
        foreach (var part in parts) Folder(Path.Combine(source, part), $"{target}/{part}", isReadOnly: false, selinux: null);
        plan.Ledger.Improved(
            key,
            "the project's whole folder, with the secrets of every stack",
            parts.Length == 0 ? "the image's own files" : $"folders: {string.Join(", ", parts)}",
            said
        );
    }

    private void Folder(string source, string target, bool isReadOnly, JsonNode? selinux)
    {
        var options = string.Join(',', new[] { isReadOnly ? null : "rw", ComposeService.TextOf(selinux) }.OfType<string>());
        folders.Set(target, scope.PathOf(source) + (options.Length > 0 ? ":" + options : ""));
    }

    private void InMemory(string key, string target, JsonNode? size, params string[] said)
    {
        var bytes = ComposeService.TextOf(size) is not { } text ? null
            : long.TryParse(text, out var number) ? number
            : Size.TryParse(text, out var parsed) ? parsed.Bytes : (long?)null;
        var spelled = Spelling.Size(bytes is > 0 ? bytes.Value : 64L << 20);
        if (target is "/tmp") plan.Settings.Set("temporary", SettingsNode.Word(spelled));
        else plan.Settings.Below("tmpfs").Set(target, SettingsNode.Word(spelled));
        if (bytes is > 0) plan.Ledger.Carried(key, $"{target}: {spelled} in memory", said);
        else plan.Ledger.Improved(key, "as much as half of the machine's memory", $"{target}: {spelled} in memory", said);
    }

    private void Refuse(string key, string why, string then) => plan.Ledger.NotCarried(key, why, then, "type", "source", "target", "read_only");

    private static readonly string[] Said = ["type", "source", "target", "read_only"];

    private static string? Text(JsonObject mount, string key) => ComposeService.TextOf(mount[key]);
}
