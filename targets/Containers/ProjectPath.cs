using Pulumi;

namespace Infra.Targets.Containers;

/// <summary>Paths of the model are relative to the project's root; the program itself runs in a folder below it.</summary>
internal static class ProjectPath
{
    public static string Absolute(string path) => Path.GetFullPath(path, Deployment.Instance.RootDirectory);

    /// <summary>Seen from the folder that the program runs in, and the provider with it.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), Absolute(path));
}
