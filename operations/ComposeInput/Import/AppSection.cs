using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.ComposeInput.Import.Services;
using Infra.Operations.ComposeInput.Import.Settings;


namespace Infra.Operations.ComposeInput.Import;

/// <summary>The application: its image, and what all that run it have in common.</summary>
internal sealed class AppSection(ImportScope scope)
{
    private readonly ImmutableArray<ServicePlan> plans = [.. scope.Plans.Where(plan => plan.RunsApplication)];

    private readonly SettingsMap section = new();

    /// <summary>The section; empty where no service runs it.</summary>
    public SettingsMap Write()
    {
        if (plans.IsEmpty) return section;
        Image();
        if (Celery() is { } celery) section.Set("celery", celery);
        if (plans.SelectMany(plan => plan.Variables).Any(variable => variable.HasSecret)) section.Set("delivery", "export");
        if (scope.IsProd && !plans.Any(plan => plan.Service.Flag("read_only")))
        {
            section.Set("readOnly", SettingsNode.Flag(false), "Its root was writable. Drop this where it writes to /tmp and its volumes alone.");
            scope.Plans.First(plan => plan.RunsApplication).Ledger.Decide(
                "read_only",
                "The application's root file system stays writable, as it was.",
                "Drop infra:app.readOnly: false where it writes to /tmp and its volumes alone."
            );
        }

        Shared();
        return section;
    }

    private void Image()
    {
        var built = plans.FirstOrDefault(plan => plan.Service.At("build") is not null);
        foreach (var plan in plans)
            if (plan.Service.At("build") is not null)
            {
                var build = BuildParts.Write(scope, plan, isApplication: true);
                if (build is null && plan == built) section.Set("image", plan.Settings["image"]);
                plan.Settings.Remove("image");
                if (build is null || plan != built) continue;
                foreach (var entry in build.Entries) section.Set(entry.Key, entry.Value);
                if (Tag() is { } tag) section.Set("tag", tag);
            }

        foreach (var plan in plans)
            if (plan.Service.Text("image") is { } image)
            {
                if (built is null) section.Set("image", image);
                if (built is null || Tag() == image) plan.Ledger.Carried(
                    "image",
                    built is null ? $"infra:app.image: {image}" : $"infra:app.tag: {image}"
                );
                else plan.Ledger.Improved("image", $"{image}, built once for each service", "one image, built once");
            }

        if (built is null || scope.IsProd) return;
        // Its image is not known to have what reloads code.
        foreach (var plan in plans.Where(plan => plan.Kind != "step")) plan.Settings.Set("reload", SettingsNode.Flag(false));
        if (section["context"] is not null)
            built.Ledger.Decide(
                "build",
                "Code is not reloaded by the stack: that takes the package watchfiles in the image.",
                "Install it, write infra:app.source and directory, and drop reload: false and the folders of the code (docs/settings.md).",
                ""
            );
    }

    // The one name that all of them give to what is built.
    private string? Tag() => plans.Select(plan => plan.Service.Text("image")).OfType<string>().Distinct().ToArray() is [var only]
        && PinnedImage.Parse(only).Digest is null ? only : null;

    // The application that 'celery -A' names.
    private string? Celery() => plans.Where(plan => plan.Kind is "worker" or "beat" or "flower")
        .Select(plan => CeleryOptions.Application(scope.Recognizer.CommandOf(plan.Service))).OfType<string>().FirstOrDefault();

    private void Shared()
    {
        var all = plans[0].Variables.Where(variable => plans.All(plan => plan.Variables.Contains(variable))).ToArray();
        // One service's own are written where it is.
        if (plans.Length == 1) all = [.. plans[0].Variables];
        section.Set("secrets", SettingsNode.List(all.Where(variable => variable.Secret is not null).Select(variable => variable.Name)));
        foreach (var variable in all.Where(variable => variable.Secret is null)) section.Below("environment").Set(variable.Name, variable.Text);
        foreach (var plan in plans) plan.Variables.RemoveAll(variable => all.Contains(variable));
        Shared("volumes");
        Shared("files");
    }

    private void Shared(string key)
    {
        if (plans.Length < 2 || plans[0].Settings[key] is not SettingsMap first) return;
        foreach (var entry in first.Entries.ToArray())
        {
            if (!plans.All(plan => (plan.Settings[key] as SettingsMap)?[entry.Key] is { } value && value == entry.Value)) continue;
            section.Below(key).Set(entry.Key, entry.Value);
            foreach (var plan in plans)
            {
                var own = (SettingsMap)plan.Settings[key]!;
                own.Remove(entry.Key);
                if (own.IsEmpty) plan.Settings.Remove(key);
            }
        }
    }
}
