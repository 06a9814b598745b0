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
        Python = build.TextOr("python", "3.14", "Python's version"),
        Installer = build.ChoiceOr("installer", Installer.Uv, "what installs the packages"),
        Runtime = build.ChoiceOr("runtime", ImageRuntime.Slim, "the base that the image runs on"),
        BuildPackages = build.List("buildPackages", "Debian's packages for the build; `gcc` compiles nothing without `libc6-dev`"),
        RunPackages = build.List("runPackages", "Debian's packages that stay in the image"),
        User = build.TextOr("user", "app", "the user that it runs as"),
        Service = build.Text("service", "the folder of the context that this image is of"),
        OtherServices = build.List("otherServices", "the folders of other images in the same context"),
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
        WritableFolders = [.. Writable(settings).Distinct()],
        Port = Web(settings)?.ContainerPort ?? 8000,
        Command = Web(settings)?.Command ?? [],
    };

    private static Components.WebArgs? Web(Settings settings) =>
        settings
            .Services.OrderBy(service => service.Name, StringComparer.Ordinal)
            .Select(service => service.Args)
            .OfType<Components.WebArgs>()
            .FirstOrDefault();

    private static IEnumerable<string> Writable(Settings settings) =>
        settings
            .Services.Where(service => service.Kind.RunsApplication)
            .SelectMany(service => service.Process!.Volumes)
            .Where(mount => !mount.ReadOnly)
            .Select(mount => mount.Target)
            .Append(Components.BeatArgs.DefaultScheduleDirectory);
}
