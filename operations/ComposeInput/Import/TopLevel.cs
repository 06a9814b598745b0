using Infra.Operations.ComposeInput.Import.Services;


namespace Infra.Operations.ComposeInput.Import;

/// <summary>What became of what stands beside the services.</summary>
internal static class TopLevel
{
    public static void Write(ImportScope scope)
    {
        scope.Top.Pass("name");
        scope.Top.Pass("version");
        foreach (var (name, _) in scope.Application.Section("volumes")) Volume(scope, name);
        foreach (var section in (string[])["secrets", "configs"])
            foreach (var (name, entry) in scope.Application.Section(section))
            {
                var ledger = scope.LedgerOf(section, name);
                ledger.Pass("name");
                foreach (var key in (string[])["file", "content", "environment"])
                    if (entry?[key] is not null) ledger.Carried(key, section == "secrets" ? ".secrets/STACK" : "folders");
                if (entry?["external"] is not null) ledger.Decide(
                    "external",
                    "It is made elsewhere.",
                    $"Write its value into .secrets/STACK/{name}."
                );
            }

        if (scope.Application.Lines.Find("include") is not null) scope.Top.Carried("include", "what it includes is merged");
    }

    private static void Volume(ImportScope scope, string name)
    {
        var ledger = scope.LedgerOf("volumes", name);
        var physical = scope.Application.PhysicalName("volumes", name);
        if (scope.Volumes.ContainsValue(physical)) ledger.Carried("", $"the volume {physical}, with what is in it");
        else ledger.NotCarried("", "No service of the settings mounts it.", $"It stays on the engine as {physical}.");
        ledger.Pass("name");
        if (scope.Application.IsExternal("volumes", name)) ledger.Carried("external", $"the volume {physical}, which is made elsewhere");
    }
}
