using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <content>Labels, devices of the host, and the kernel's limits.</content>
internal sealed partial class RuntimeImport
{
    private void Labels()
    {
        foreach (var (name, value) in service.Map("labels"))
            if (LabelName().IsMatch(name) && !name.StartsWith("infra.", StringComparison.Ordinal)
                && !name.StartsWith("com.docker.", StringComparison.Ordinal))
            {
                plan.Settings.Below("labels").Set(name, value ?? "");
                plan.Ledger.Carried($"labels.{name}", $"labels.{name}");
            }
            else
            {
                plan.Ledger.NotCarried(
                    $"labels.{name}",
                    "It is no label that a service can be given.",
                    "Write letters, digits, '.', '_', '/' and '-'."
                );
            }
    }

    private void Devices()
    {
        var devices = new List<string>();
        foreach (var (at, device) in (service.At("devices") as JsonArray ?? []).Index())
        {
            var text = device is JsonObject map
                ? string.Join(':', new[] { Of(map, "source"), Of(map, "target"), Of(map, "permissions") }.OfType<string>())
                : ComposeService.TextOf(device) ?? "";
            var key = device is JsonObject ? FormattableString.Invariant($"devices[{at}]") : "devices";
            if (DeviceText().IsMatch(text))
            {
                devices.Add(text);
                plan.Ledger.Carried(key, $"devices: {text}");
            }
            else
            {
                plan.Ledger.NotCarried(key, $"'{text}' is no device below /dev.", "Write one as Docker does: /dev/dri.");
            }
        }

        plan.Settings.Set("devices", SettingsNode.List(devices));
        Gpus("gpus");
        Gpus("deploy.resources.reservations.devices");
    }

    private void Gpus(string key)
    {
        if (service.Text(key) == "all") Set(key, "gpus", SettingsNode.Text("all"));
        foreach (var (at, device) in service.Items(key).Index())
        {
            var place = FormattableString.Invariant($"{key}[{at}]");
            if (device["capabilities"] is JsonArray wanted && !wanted.Any(each => ComposeService.TextOf(each) == "gpu")) continue;
            var count = Of(device, "count");
            var isNumber = int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            plan.Settings.Set("gpus", isNumber ? SettingsNode.Number(number) : SettingsNode.Text("all"));
            plan.Ledger.Carried(place, "gpus", "capabilities", "count");
            if (Of(device, "driver") is "nvidia") plan.Ledger.Pass($"{place}.driver");
        }
    }

    private void Ulimits()
    {
        foreach (var (name, value) in service.At("ulimits") as JsonObject ?? [])
        {
            var (soft, hard) = value is JsonObject both ? (Of(both, "soft"), Of(both, "hard"))
                : (ComposeService.TextOf(value), ComposeService.TextOf(value));
            if (!Limit().IsMatch(soft ?? hard ?? "") || !Limit().IsMatch(hard ?? soft ?? "")) continue;
            plan.Settings.Below("ulimits").Set(name, soft == hard || soft is null || hard is null
                ? SettingsNode.Word(soft ?? hard!)
                : new SettingsMap().Set("soft", SettingsNode.Word(soft)).Set("hard", SettingsNode.Word(hard)));
            plan.Ledger.Carried($"ulimits.{name}", $"ulimits.{name}");
        }
    }

    [GeneratedRegex(@"\A(/dev/[A-Za-z0-9._/@-]+)(:(/[A-Za-z0-9._/@-]+))?(:([rwm]{1,3}))?\z")]
    private static partial Regex DeviceText();

    [GeneratedRegex(@"\A-?[0-9]+\z")]
    private static partial Regex Limit();
}
