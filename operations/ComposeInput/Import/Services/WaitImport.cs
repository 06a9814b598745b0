using Infra.Operations.ComposeInput.Import.Settings;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>What a service waits for: what it mentions is waited for by itself, and steps are.</summary>
internal static class WaitImport
{
    public static void Write(ImportScope scope, ServicePlan plan)
    {
        var after = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, condition) in plan.Dependencies)
        {
            var key = $"depends_on.{name}.condition";
            if (scope.Find(name) is not { } other)
            {
                plan.Ledger.NotCarried(key, "There is no such service in these files.", "Nothing is to do.");
                continue;
            }

            var word = condition switch { "service_healthy" => "healthy", "service_completed_successfully" => "completed", _ => "started" };
            var isStep = other.Kind == "step" || other.Settings["restart"] is SettingsText { Value: "no" };
            var isMentioned = plan.Mentions.Contains(name);
            if (other.Kind == "step" && plan.RunsApplication
                && plan.Kind != "step") plan.Ledger.Carried(key, "a step ends before the application starts");
            else if (isStep && word != "completed")
            {
                after[other.SettingsName] = null;
                plan.Ledger.Improved(key, word, "after it has ended");
            }
            else if (isMentioned || (other.IsStore && word != "completed"))
            {
                if (!isMentioned) after[other.SettingsName] = null;
                if (word == "healthy") plan.Ledger.Carried(key, "waits until it is healthy");
                else plan.Ledger.Improved(key, word, "waits until it is healthy");
            }
            else if (word == "healthy" && HasNoProbe(other))
            {
                after[other.SettingsName] = "started";
                plan.Ledger.Decide(
                    key,
                    "It has no probe here, so others wait until it has started.",
                    $"Write a probe of {other.SettingsName}, and drop 'started'."
                );
            }
            else
            {
                after[other.SettingsName] = word == "started" ? "started" : null;
                plan.Ledger.Carried(key, $"after: {other.SettingsName}");
            }
        }

        Set(plan, after);
    }

    private static void Set(ServicePlan plan, Dictionary<string, string?> after)
    {
        if (after.Values.All(condition => condition is null))
        {
            plan.Settings.Set("after", SettingsNode.List(after.Keys));
            return;
        }

        var map = new SettingsMap();
        foreach (var (name, condition) in after) map.Set(name, condition ?? "healthy");
        plan.Settings.Set("after", map);
    }

    private static bool HasNoProbe(ServicePlan other) => other.Settings["probe"] is SettingsMap probe && probe["none"] is not null;
}
