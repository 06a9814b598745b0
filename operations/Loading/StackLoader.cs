using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Pulumi;

namespace Infra.Operations.Loading;

/// <summary>Reads a stack's settings, gathers what it runs and checks it.</summary>
public static class StackLoader
{
    /// <summary>The stack with its images from where they are known to come from: asked for, set, remembered, or registries.</summary>
    public static async Task<StackContext> LoadAsync(Workspace workspace, string stack, string? project = null, ImageSource? images = null)
    {
        var (settings, source) = await ReadAsync(workspace, stack, project);
        var chosen = images is null or ImageSource.Auto ? settings.Images : images.Value;
        if (chosen == ImageSource.Auto) chosen = ImageMemory.Recall(workspace, stack) ?? ImageSource.Registry;
        return await GatherAsync(workspace, stack, settings, source, chosen);
    }

    /// <summary>The settings; where they cannot be used, the rules' findings on the rest of them are reported too.</summary>
    public static async Task<(Settings Settings, SettingsSource Source)> ReadAsync(Workspace workspace, string stack, string? project = null)
    {
        try
        {
            return Parse(workspace, stack, project);
        }
        catch (SettingsException error)
        {
            throw UserErrorException.BadInput([
                .. error.Findings.Select(finding => finding.Sentence),
                .. (await FurtherFindings.OfAsync(error)).Select(finding => finding.ToString()),
            ]);
        }
    }

    /// <summary>The settings alone.</summary>
    public static (Settings Settings, SettingsSource Source) Read(Workspace workspace, string stack, string? project = null)
    {
        try
        {
            return Parse(workspace, stack, project);
        }
        catch (SettingsException error)
        {
            throw UserErrorException.BadInput(error.Findings.Select(finding => finding.Sentence));
        }
    }

    private static (Settings Settings, SettingsSource Source) Parse(Workspace workspace, string stack, string? project)
    {
        RequireKnown(workspace, stack);
        var source = SettingsFile.Read(workspace.Settings(stack));
        return (SettingsParser.Parse(source, project ?? SettingsFile.ProjectName(workspace.Project), stack), source);
    }

    /// <exception cref="UserErrorException">There is no such stack.</exception>
    public static void RequireKnown(Workspace workspace, string stack)
    {
        if (!File.Exists(workspace.Settings(stack))) throw Unknown(workspace, stack);
    }

    /// <summary>What the settings make with images from there.</summary>
    public static async Task<StackContext> GatherAsync(
        Workspace workspace,
        string stack,
        Settings settings,
        SettingsSource source,
        ImageSource images
    )
    {
        var topology = await TopologyAsync(stack, settings, images);
        var all = await StackFactory.GatherAllAsync(settings, images, topology);
        ImmutableArray<string> leftOut = [.. all.Services.Select(service => service.Name).Where(name => topology.Find(name) is null)];
        var findings = StackReview.Find(new ReviewedStack(workspace, settings, source, topology) { All = all }, ReviewPoints.Commands);
        return new StackContext(stack, settings, source, images, topology, leftOut, findings);
    }

    private static async Task<Topology> TopologyAsync(string stack, Settings settings, ImageSource images)
    {
        try
        {
            return await StackFactory.GatherAsync(settings, images);
        }
        catch (RunException error)
        {
            throw UserErrorException.BadInput($"{Workspace.SettingsName(stack)}: {error.Message}");
        }
    }

    private static UserErrorException Unknown(Workspace workspace, string stack)
    {
        var near = Nearest.Hint(stack, workspace.Stacks);
        var here =
            workspace.Stacks.Count > 0
                ? $"Stacks here: {string.Join(", ", workspace.Stacks)}."
                : "Write this file, with 'config:' and 'infra:environment: dev'.";
        return UserErrorException.BadInput($"{Workspace.SettingsName(stack)}: There is no stack '{stack}'.{near} {here}");
    }
}
