using Infra.Model.Rules;
using Infra.Operations.ComposeInput.Import.Settings;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>What an image is built from.</summary>
internal static class BuildParts
{
    /// <summary>The settings of a build; nothing where they cannot say it, and the image's name is written.</summary>
    public static SettingsMap? Write(ImportScope scope, ServicePlan plan, bool isApplication)
    {
        var (service, ledger) = (plan.Service, plan.Ledger);
        var dockerfile = service.Text("build.dockerfile") ?? "Dockerfile";
        var context = service.Text("build.context") ?? scope.Application.Source.Folder;
        var inside = Path.IsPathRooted(dockerfile) ? Path.GetRelativePath(context, dockerfile) : dockerfile;
        if (context.Contains("://", StringComparison.Ordinal) || inside.Split('/').Contains(".."))
        {
            var name = service.Text("image") ?? $"{scope.Application.Name}-{service.Name}:latest";
            plan.Settings.Set("image", name);
            ledger.Decide(
                "build",
                context.Contains("://", StringComparison.Ordinal)
                    ? "It is built from a folder that is not on this machine."
                    : $"Its Dockerfile '{dockerfile}' lies outside of the folder that is sent to the builder.",
                $"Build it yourself, as {name}, or move the Dockerfile into {scope.PathOf(context)}."
            );
            if (service.Text("image") is not null) ledger.Carried("image", $"image: {name}");
            return null;
        }

        var map = new SettingsMap().Set("context", scope.PathOf(context)).Set("dockerfile", inside == "Dockerfile" ? null
            : inside).Set("target", service.Text("build.target"));
        ledger.Carried("build.context", $"context: {scope.PathOf(context)}");
        ledger.Carried("build.dockerfile", $"dockerfile: {inside}");
        if (service.Text("build.target") is { } target) ledger.Carried("build.target", $"target: {target}");
        Arguments(plan, map);
        if (isApplication)
            foreach (var (key, setting) in new[] { ("cache_from", "cacheFrom"), ("cache_to", "cacheTo"), ("platforms", "platforms") })
            {
                // type=registry,ref=… is what the settings write as an image alone.
                var words = service.Words($"build.{key}").Where(word => !word.Contains('=', StringComparison.Ordinal)).ToArray();
                if (words.Length == 0) continue;
                map.Set(setting, SettingsNode.List(words));
                ledger.Carried($"build.{key}", setting);
            }

        return map;
    }

    private static void Arguments(ServicePlan plan, SettingsMap map)
    {
        foreach (var (name, value) in plan.Service.Map("build.args"))
            if (value is null)
                plan.Ledger.NotCarried($"build.args.{name}", "It has no value here: Compose takes it from the shell.", "Write the value in args.");
            else if (Credentials.AreIn(name, value))
                plan.Ledger.NotCarried(
                    $"build.args.{name}",
                    "It looks like a credential, and a build argument stays readable in the image.",
                    "Build and push with 'docker buildx build --secret' (docs/applications.md#a-secret-for-the-build)."
                );
            else
            {
                map.Below("args").Set(name, value);
                plan.Ledger.Carried($"build.args.{name}", $"args.{name}");
            }
    }
}
