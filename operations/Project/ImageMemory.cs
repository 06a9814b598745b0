using Infra.Stacks.Configuration;

namespace Infra.Operations.Project;

/// <summary>Remembers where a stack's images come from: changing families under a volume with data would be refused.</summary>
public static class ImageMemory
{
    public static ImageSource? Recall(Workspace workspace, string stack) =>
        File.Exists(FileOf(workspace, stack))
        && Enum.TryParse<ImageSource>(File.ReadAllText(FileOf(workspace, stack)).Trim(), ignoreCase: true, out var source)
            ? source
            : null;

    public static void Remember(Workspace workspace, string stack, ImageSource source)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(workspace, stack))!);
        File.WriteAllText(FileOf(workspace, stack), source.ToString().ToLowerInvariant() + "\n");
    }

    private static string FileOf(Workspace workspace, string stack) => workspace.Absolute($"{Workspace.StateOf(stack)}/images");
}
