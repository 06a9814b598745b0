using Pulumi;

namespace Infra.Targets.Containers;

/// <summary>Paths of the model are relative to the project's root; the program itself runs in a folder below it.</summary>
internal static class ProjectPath
{
    public static string Absolute(string path) => Path.GetFullPath(path, Deployment.Instance.RootDirectory);
}
