using System.Text.Json.Nodes;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Networks: every service of a stack is on one, and has its own name there.</summary>
internal static class NetworkImport
{
    public static void Write(ImportScope scope)
    {
        var used = scope.Plans.SelectMany(plan => NetworksOf(plan.Service).Select(network => network.Key)).Distinct().ToArray();
        foreach (var plan in scope.Plans)
        {
            Names(plan);
            foreach (var (name, network) in NetworksOf(plan.Service))
            {
                if (name == "default" || used.Length == 1) plan.Ledger.Carried($"networks.{name}", "the stack's own network", "");
                else if (scope.Application.IsExternal("networks", name))
                    plan.Ledger.Decide(
                        $"networks.{name}",
                        $"The network '{scope.Application.PhysicalName("networks", name)}' is made elsewhere, "
                            + "and the stack's services are not on it.",
                        "Publish a port for what comes from there; name what it reaches there as 'kind: external'.",
                        ""
                    );
                else
                    plan.Ledger.NotCarried(
                        $"networks.{name}",
                        "Every service of the stack is on one network, so networks no longer keep services apart.",
                        "Every store has a password, and no port is open to other machines: nothing is to do unless that is not enough.",
                        ""
                    );
                foreach (var alias in (network?["aliases"] as JsonArray ?? []).Select(ComposeService.TextOf))
                    if (alias == plan.Name) plan.Ledger.Pass($"networks.{name}.aliases");
            }
        }

        foreach (var (name, network) in scope.Application.Section("networks"))
        {
            var ledger = scope.LedgerOf("networks", name);
            if (ComposeService.TextOf(network?["name"]) == $"{scope.Application.Name}_{name}") ledger.Pass("name");
            if (network?["external"] is not null)
                ledger.Decide(
                    "external",
                    "It is made elsewhere, and the stack's services are not on it.",
                    "Publish a port for what comes from there; name what is reached there as 'kind: external'."
                );
        }
    }

    private static void Names(ServicePlan plan)
    {
        if (plan.Service.Text("container_name") is { } container)
            plan.Ledger.Improved(
                "container_name",
                $"{container}, which one project of the machine can have",
                "a name of the stack's own; './infra.sh exec STACK SERVICE' finds it"
            );
        if (plan.Service.Text("hostname") == plan.Name) plan.Ledger.Pass("hostname");
        foreach (var link in plan.Service.Words("links").Select(link => link.Split(':')))
            if (link is [_] || (link is [var to, var alias] && to == alias)) plan.Ledger.Carried("links", "the service's own name");
        if (plan.Service.At("expose") is not null) plan.Ledger.Carried("expose", "other services reach every port");
        if (plan.Service.At("profiles") is not null)
            plan.Ledger.Decide(
                "profiles",
                $"It ran only where the profile {string.Join(" or ", plan.Service.Words("profiles"))} was asked for, and runs always here.",
                $"Write infra:services.{plan.SettingsName}.enabled: false where it is not to run."
            );
    }

    private static JsonObject NetworksOf(ComposeService service) => service.At("networks") as JsonObject ?? [];
}
