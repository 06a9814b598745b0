using Infra.Model;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>What every store has.</summary>
internal static class StoreParts
{
    /// <summary>The secret that is a store's password.</summary>
    public static string PasswordOf(string service) => service.Replace('_', '-') + "-password";

    /// <summary>Writes the image; what is built on a store's image is named, and built by somebody else.</summary>
    public static PinnedImage Image(ImportScope scope, ServicePlan plan)
    {
        var (service, ledger) = (plan.Service, plan.Ledger);
        if (service.At("build") is null)
        {
            var known = PinnedImage.Parse(service.Text("image") ?? plan.Known.Image!.Names[0]);
            plan.Settings.Set("image", service.Text("image"));
            ledger.Carried("image", $"image: {known}");
            return known;
        }

        var from = PinnedImage.Parse(scope.Recognizer.DockerfileOf(service).Base!);
        var name = service.Text("image") ?? $"{scope.Application.Name}-{service.Name}:{(from.Tag.Length > 0 ? from.Tag : "latest")}";
        var built = PinnedImage.Parse(name);
        plan.Settings.Set("image", name);
        if (plan.Kind == "postgres" && PostgresLayout.Major(built) is null && PostgresLayout.Major(from) is { } major)
        {
            plan.Settings.Set("major", SettingsNode.Number(major));
            built = built with { Major = major };
        }

        ledger.Decide(
            "build",
            "The image of a store is named and not built here, since its data outlive each build of it.",
            $"Build it before the first up: docker build --tag {name} {scope.PathOf(service.Text("build.context") ?? ".")}"
        );
        if (service.Text("image") is not null) ledger.Carried("image", $"image: {name}");
        return built;
    }

    /// <summary>Keeps the password that the data were made with.</summary>
    public static void Password(ImportScope scope, ServicePlan plan, string variable)
    {
        var (ledger, secret) = (plan.Ledger, PasswordOf(plan.SettingsName));
        var isFile = plan.Service.Text($"environment.{variable}_FILE") is not null;
        var key = $"environment.{variable}" + (isFile ? "_FILE" : "");
        if (plan.Store!.Password is { Length: > 0 } password)
        {
            scope.Secrets.Add(secret, password, plan.SettingsName);
            if (isFile) ledger.Carried(key, $"the secret {secret}");
            else ledger.Improved(key, "a value that every 'docker inspect' shows", $"the secret {secret}, as a file");
        }
        else if (isFile)
        {
            ledger.Decide(
                key,
                "The file with its password is not here.",
                $"Write the password that the data were made with into .secrets/STACK/{secret}."
            );
        }
        else if (plan.Service.Text($"environment.{variable}") is not null)
        {
            ledger.Improved(key, "none", $"the secret {secret}, as a file");
        }
    }

    /// <summary>Tells of variables that no setting of the store stands for.</summary>
    /// <param name="plan">The store.</param>
    /// <param name="said">Those that are told already.</param>
    /// <param name="reasons">Why, of those that are known.</param>
    public static void Other(ServicePlan plan, IEnumerable<string> said, IReadOnlyDictionary<string, string> reasons)
    {
        var known = said.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in plan.Service.Map("environment"))
            if (name == "TZ" && value is { Length: > 0 })
            {
                plan.Settings.Set("timeZone", value);
                plan.Ledger.Carried("environment.TZ", $"timeZone: {value}");
            }
            else if (known.Contains(name))
            {
                plan.Ledger.Pass($"environment.{name}");
            }
            else
            {
                plan.Ledger.NotCarried(
                    $"environment.{name}",
                    reasons.GetValueOrDefault(name) ?? $"A {plan.Kind} has no variables of its own.",
                    "Nothing is to do, unless the image reads it: then say it by a parameter, or run it as a container."
                );
            }
    }
}

/// <summary>The variables by which a store's image is told what it needs, those that are files read.</summary>
internal sealed class StoreVariables(ImportScope scope, ComposeService service)
{
    /// <summary>Its value; nothing where it is unset or empty, or its file is not here.</summary>
    public string? Text(string name)
    {
        var values = service.Map("environment").ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
        if (values.GetValueOrDefault(name) is { Length: > 0 } value) return value;
        return values.GetValueOrDefault(name + "_FILE") is { Length: > 0 } path ? SecretFile.At(scope, service, path)?.TrimEnd('\n', '\r') : null;
    }
}
