using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Recognition;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Decides what each service is in the settings: one image is the application, and what no kind can say is a container.</summary>
internal static class ServicePlans
{
    public static ImmutableArray<ServicePlan> Make(ComposeApplication application, Recognizer recognizer)
    {
        ImmutableArray<ServicePlan> plans =
            [.. application.Services.Select(service => new ServicePlan(service, recognizer.Recognize(service)))];
        var key = ApplicationKey(application, plans);
        foreach (var plan in plans.Where(plan =>
            KeyOf(application, plan.Service) == key)) plan.Kind = KindOf(application, plan, recognizer.CommandOf(plan.Service));
        foreach (var plan in plans)
        {
            var command = recognizer.CommandOf(plan.Service);
            if (Reason(plan, plans, command, KeyOf(application, plan.Service) == key) is { } reason)
                (plan.Kind, plan.KindReason) = ("container", reason);
            plan.SettingsName = SettingsName(plan.Name, plans);
        }

        return plans;
    }

    /// <summary>What two services that run the same image have in common.</summary>
    public static string KeyOf(ComposeApplication application, ComposeService service)
    {
        var built = service.At("build") is not null ? service
            : application.Services.FirstOrDefault(other => other.At("build") is not null && other.Text("image") is { } name
                && name == service.Text("image"));
        return built is null ? service.Text("image") ?? service.Name
            : string.Join('|', "build:", built.Text("build.context"), built.Text("build.dockerfile"), built.Text("build.target"),
                (built.At("build.args") as JsonObject)?.ToJsonString(), built.Text("build.dockerfile_inline"));
    }

    // The image that most services run; of several, the one that answers requests. Where no command is known, what several share.
    private static string? ApplicationKey(ComposeApplication application, ImmutableArray<ServicePlan> plans) =>
        Largest(application, plans.Where(plan => plan.Known.IsApplication), least: 1)
        ?? Largest(application, plans.Where(plan => plan.Known is { Kind: "container", Image: null, Role: not ServiceRole.Proxy }), least: 2);

    private static string? Largest(ComposeApplication application, IEnumerable<ServicePlan> plans, int least) => plans
        .GroupBy(plan => KeyOf(application, plan.Service))
        .Where(group => group.Count() >= least)
        .OrderByDescending(group => group.Count())
        .ThenByDescending(group => group.Any(plan => plan.Kind == "web"))
        .FirstOrDefault()?.Key;

    // What runs the application's image and has a port that somebody asks at is a server of it, whatever its script is called.
    private static string KindOf(ComposeApplication application, ServicePlan plan, ImmutableArray<string> command)
    {
        var service = plan.Service;
        // One script alone is the whole start: it has no command that a kind could put something before.
        if (plan.Kind is "worker" or "beat" && command.Length < 2 && service.At("command") is null) return "process";
        if (plan.Kind is not ("process" or "container")) return plan.Kind;
        if (application.Services.SelectMany(Recognizer.Dependencies).Any(wait => wait == (plan.Name, "service_completed_successfully")))
            return command.IsEmpty ? "process" : "step";
        var isServer = service.Items("ports").Any(port => ComposeService.TextOf(port["protocol"]) is null or "tcp")
            || string.Join(' ', service.Words("healthcheck.test")).Contains("http://", StringComparison.Ordinal);
        return isServer ? "web" : "process";
    }

    private static string? Reason(ServicePlan plan, ImmutableArray<ServicePlan> plans, ImmutableArray<string> command, bool runsApplication)
    {
        var service = plan.Service;
        switch (plan.Kind)
        {
            case "web" or "worker" or "beat" or "process" or "flower" when !runsApplication:
                return "it runs another image than the application's, of which there is one";
            case "step" when !runsApplication:
                return "a step runs the application's image, and this one has another";
            case "step" when command.IsEmpty:
                return "a step needs a command, and its image's own is not known";
            case "postgres" or "redis" or "valkey" or "rabbitmq" or "pgbouncer" when service.At("entrypoint") is not null:
                return $"its entrypoint is replaced, and a {plan.Kind} has its own";
            case "redis" or "valkey" when RedisImport.IsMoreThanOne(service):
                return $"it is one of several that know each other, and a {plan.Kind} is one alone";
            case "rabbitmq" when service.At("command") is not null:
                return "its command is replaced, and a rabbitmq has its own";
            case "pgbouncer" when PgBouncerImport.DatabaseOf(service, plans) is null:
                return "the Postgres that it stands before is none of these services";
            default:
                return plan.Kind is "redis" or "valkey" && command is [var first, ..] && !RedisImport.IsServer(first)
                    && service.At("command") is not null
                    && !RedisImport.IsScript(service.Words("command"))
                    ? "its command is another program"
                    : null;
        }
    }

    // As the settings take it: lower case, a letter first, no dots.
    private static string SettingsName(string name, ImmutableArray<ServicePlan> plans)
    {
        var text = string.Concat(name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
        if (!char.IsAsciiLetterLower(text[0])) text = "s-" + text;
        if (text == "secrets") text = "secrets-service";
        if (text.Length > 40) text = text[..40];
        return text != name && plans.Any(other => other.Name == text) ? text[..Math.Min(text.Length, 38)] + "-2" : text;
    }
}
