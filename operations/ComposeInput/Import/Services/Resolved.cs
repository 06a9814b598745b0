namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Keys that Compose has worked in by itself, so that its canonical form no longer has them; and how its own proxy could go.</summary>
internal static class Resolved
{
    private static readonly (string Key, string Is)[] Keys =
    [
        ("env_file", "what its files say, in environment and secrets, as of today"),
        ("label_file", "what its files say, in labels"),
        ("extends", "what it extends is merged into it"),
    ];

    public static void Write(ImportScope scope, ServicePlan plan)
    {
        foreach (var (key, says) in Keys)
            if (plan.Service.At(key) is not null || IsWritten(scope, plan, key)) plan.Ledger.Carried(key, says);
        if (plan.IsFront)
            plan.Ledger.Decide(
                "",
                "It stays in front of the application, as a service of your own.",
                ProxyHint.Of(scope, plan)
            );
    }

    private static bool IsWritten(ImportScope scope, ServicePlan plan, string key) =>
        scope.Application.Lines.Find("services", plan.Name, key) is { } place && place != scope.Application.Lines.Find("services", plan.Name);
}
