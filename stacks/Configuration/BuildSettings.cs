using System.Collections.Immutable;
using Infra.Components.Dockerfiles;

namespace Infra.Stacks.Configuration;

/// <summary>What a Dockerfile that is written for the application depends on.</summary>
public sealed record BuildSettings
{
    public required string Python { get; init; }

    public required Installer Installer { get; init; }

    public required ImageRuntime Runtime { get; init; }

    public required ImmutableArray<string> BuildPackages { get; init; }

    public required ImmutableArray<string> RunPackages { get; init; }

    public required string User { get; init; }

    public required string? Service { get; init; }

    public required ImmutableArray<string> OtherServices { get; init; }

    internal static BuildSettings Read(Section build) => new()
    {
        Python = build.Text("python", "3.14"),
        Installer = build.Choice<Installer>("installer") ?? Installer.Uv,
        Runtime = build.Choice<ImageRuntime>("runtime") ?? ImageRuntime.Slim,
        BuildPackages = build.List("buildPackages"),
        RunPackages = build.List("runPackages"),
        User = build.Text("user", "app"),
        Service = build.Text("service"),
        OtherServices = build.List("otherServices"),
    };

    /// <summary>The Dockerfile's options, with what the stack's other settings say.</summary>
    public static DockerfileOptions OptionsOf(Settings settings) => new()
    {
        Python = settings.App.Build.Python,
        Installer = settings.App.Build.Installer,
        Runtime = settings.App.Build.Runtime,
        BuildPackages = settings.App.Build.BuildPackages,
        RunPackages = settings.App.Build.RunPackages,
        User = settings.App.Build.User,
        Service = settings.App.Build.Service,
        OtherServices = settings.App.Build.OtherServices,
        Directory = settings.App.Directory,
        // Code in a folder called src is imported without that name.
        ModuleFolders = [.. settings.App.Source.Where(folder => Path.GetFileName(folder.TrimEnd('/')) == "src")],
        WritableFolders = [.. settings.App.Volumes.Select(mount => mount.Target).Append(Components.BeatArgs.DefaultScheduleDirectory)],
        Port = settings.Web.ContainerPort,
        Command = settings.Web.Command,
    };
}
