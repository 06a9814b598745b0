using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Cli;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Containers;
using Pulumi;

namespace Infra;

/// <summary>
/// What <c>pulumi up</c> runs. The stack is made twice: first under the mock engine, so that the rules have seen all of it
/// before a single resource is registered, then for real.
/// </summary>
public static class PulumiProgram
{
    /// <summary>Whether the Pulumi CLI started this process.</summary>
    public static bool IsAsked => Variable("PULUMI_MONITOR") is not null || Variable("PULUMI_ENGINE") is not null;

    public static async Task<int> RunAsync()
    {
        try
        {
            var workspace = Workspace.Find();
            var (project, stack) = (Variable("PULUMI_PROJECT") ?? "project", Variable("PULUMI_STACK") ?? "stack");
            var settings = SettingsParser.Parse(Source(Variable("PULUMI_CONFIG"), Workspace.SettingsName(stack)) with { Root = workspace.Root }, project, stack);
            var images = settings.Images == ImageSource.Auto ? ImageMemory.Recall(workspace, stack) ?? ImageSource.Registry : settings.Images;
            var topology = await StackPrograms.GatherAsync(settings, images);
            return await Deployment.RunAsync<Stack>(new StackProvider(() => Make(settings, images, topology)));
        }
        catch (Exception error) when (error is SettingsException or CliException or RunException)
        {
            Action fail = () => throw new RunException(error.Message);
            return await Deployment.RunAsync(fail);
        }
    }

    /// <summary>The settings of our namespace, as Pulumi hands them over: texts, and JSON for what is structured.</summary>
    public static SettingsSource Source(string? configuration, string file)
    {
        var values = new JsonObject();
        foreach (var (key, value) in JsonNode.Parse(configuration ?? "{}")!.AsObject())
            if (key.StartsWith(SettingsSource.Namespace + ":", StringComparison.Ordinal))
                values[key[(SettingsSource.Namespace.Length + 1)..]] = Structured(value);
        return new SettingsSource(file, values, ImmutableHashSet<string>.Empty, ImmutableDictionary<string, (int, int)>.Empty);
    }

    private static Stack Make(Settings settings, ImageSource images, Topology topology)
    {
        ImmutableArray<Finding> findings =
        [
            .. Review.Of(topology), .. ContainerTarget.Review(topology),
            // Asked here, because the configuration can be read inside a deployment only.
            .. settings.Environment == EnvironmentKind.Prod ? PulumiSecrets.Missing(topology.Secrets) : [],
        ];
        var errors = findings.Where(finding => finding.Severity == Severity.Error).ToArray();
        if (errors.Length > 0) throw new RunException($"{settings.Naming.Name} is not sound:\n" + string.Join('\n', errors.Select(error => "  " + error)));
        foreach (var warning in findings) Log.Warn(warning.ToString());
        var host = new ContainerHost(settings.Naming, new PulumiSecrets(settings.Environment)) { Attempt = settings.Attempt };
        return StackPrograms.Make(host, settings, images);
    }

    private static JsonNode? Structured(JsonNode? value)
    {
        if (value is not JsonValue text) return value?.DeepClone();
        var content = text.ToString();
        if (!content.StartsWith('{') && !content.StartsWith('[')) return JsonValue.Create(content);
        try
        {
            return JsonNode.Parse(content);
        }
        catch (System.Text.Json.JsonException)
        {
            // A secret may begin with a brace.
            return JsonValue.Create(content);
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
