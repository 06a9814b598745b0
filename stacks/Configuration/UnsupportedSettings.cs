using System.Text.Json.Nodes;

namespace Infra.Stacks.Configuration;

/// <summary>Notes settings that would have no effect in the stack.</summary>
public static class UnsupportedSettings
{
    internal static void Review(Section root, JsonObject values, Settings settings)
    {
        var stack = StackKindNames.Asked(values);
        if (stack == StackKinds.None) return;
        var name = values["system"] is null ? $"A {stack.Names()[0]} stack" : $"The system {stack.Names()[0]}";
        foreach (
            var setting in root
                .Declared.Where(setting => setting.IsNarrowed && !setting.Stacks.HasFlag(stack) && IsAsked(values, setting.Path))
                .OrderBy(setting => setting.Path, StringComparer.Ordinal)
        )
            root.Report(
                setting.Path,
                $"{name} does not support it, so it would change nothing.",
                $"Drop it; it is for {string.Join(", ", setting.Stacks.Names())}."
            );
        if (settings is { Systems.Kind: SystemKind.Paqueteria, Monitoring.HasReceiver: false } && IsAsked(values, "monitoring.alertmanager"))
            root.Report("monitoring.alertmanager", $"{name} has an Alertmanager only where alerts are posted, so it would change nothing.",
                "Set infra:monitoring's webhook or deadMan to true, or drop it.");
    }

    /// <summary>Whether it asks for something. A part that is set to false is off in every stack that does not have it.</summary>
    public static bool IsAsked(JsonObject values, string path)
        => path.Split('.').Aggregate((JsonNode?)values, (node, key) => (node as JsonObject)?[key]) switch
        {
            null => false,
            JsonObject section => section.Count > 0 && !IsFalse(section["enabled"]),
            var value => !IsFalse(value),
        };

    private static bool IsFalse(JsonNode? value) => string.Equals(value?.ToString(), "false", StringComparison.OrdinalIgnoreCase);
}
