using System.Text.RegularExpressions;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>The secrets and configurations that a service is granted as files.</summary>
internal sealed partial class GrantImport(ImportScope scope, ServicePlan plan)
{
    private const string Secrets = "/run/secrets/";

    public void Write()
    {
        foreach (var (at, grant) in plan.Service.Items("secrets").Index())
        {
            var (key, source, target) = (
                FormattableString.Invariant($"secrets[{at}]"),
                ComposeService.TextOf(grant["source"]) ?? "",
                SecretFile.TargetOf(grant)
            );
            var content = SecretFile.Content(scope, "secrets", source);
            if (plan.IsStore)
            {
                if (plan.Store!.Password is { } own
                    && content?.TrimEnd('\n', '\r') == own) plan.Ledger.Carried(key, "its password", "source", "target");
                else plan.Ledger.NotCarried(key, $"A {plan.Kind} has its own password alone.", "Nothing is to do.", "source", "target");
                continue;
            }

            var text = Mention(key, source, content);
            if (target.StartsWith(Secrets, StringComparison.Ordinal) && FileName().IsMatch(target[Secrets.Length..]))
            {
                plan.Settings.Below("files").Set(target[Secrets.Length..], text);
                plan.Ledger.Carried(key, $"files: {target}", "source", "target");
            }
            else
            {
                plan.Settings.Below("files").Set(source, text);
                plan.Ledger.Decide(
                    key,
                    $"It was at {target}, and secrets lie below /run/secrets.",
                    $"Let the service read {Secrets}{source}.",
                    "source",
                    "target"
                );
            }
        }

        foreach (var (at, grant) in plan.Service.Items("configs").Index())
            Configuration(
                FormattableString.Invariant($"configs[{at}]"),
                ComposeService.TextOf(grant["source"]) ?? "",
                ComposeService.TextOf(grant["target"])
            );
    }

    // A store's password under another name stays the same one.
    private string Mention(string key, string source, string? content)
    {
        var value = content?.TrimEnd('\n', '\r');
        if (value is { Length: > 0 } && scope.Plans.FirstOrDefault(other => other.Store?.Password == value) is { } store)
        {
            plan.Mentions.Add(store.Name);
            return $"{{{store.SettingsName}.password}}";
        }

        var name = NameOf(source);
        if (content is not null) name = scope.Secrets.Add(name, content, plan.SettingsName);
        else plan.Ledger.Decide($"{key}.source", $"The secret '{source}' is not here.", $"Write its value into .secrets/STACK/{name}.");
        return $"{{secrets.{name}}}";
    }

    private void Configuration(string key, string source, string? target)
    {
        target ??= $"/{source}";
        var entry = scope.Application.Document["configs"]?[source];
        if (ComposeService.TextOf(entry?["file"]) is { } file)
        {
            plan.Settings.Below("folders").Set(target, scope.PathOf(file));
            plan.Ledger.Carried(key, $"folders.{target}", "source", "target");
        }
        else if (SecretFile.Content(scope, "configs", source) is { } content)
        {
            var path = scope.FileOf(source);
            scope.Files[path] = content;
            plan.Settings.Below("folders").Set(target, path);
            plan.Ledger.Carried(key, $"folders.{target}: its content is in {path}", "source", "target");
        }
        else
        {
            plan.Ledger.Decide(
                key,
                "Its content is made elsewhere.",
                $"Write it into a file of the project, and mount that at {target} by folders.",
                "source",
                "target"
            );
        }
    }

    private static string NameOf(string source) =>
        string.Concat(source.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter
            : '-')).Trim('-') is { Length: > 0 } name ? name : "secret";

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_.][A-Za-z0-9_.-]*)*\z")]
    private static partial Regex FileName();
}
