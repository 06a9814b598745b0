using Infra.Model;
using Infra.Stacks.Configuration;

namespace Infra;

/// <summary>The scripts that an image gets from its folder, read before it is built.</summary>
internal static class ApplicationScripts
{
    private const int MostFolders = 5;
    private const int MostFiles = 20_000;

    /// <summary>The script that lies at a path in the image, with its path in the project; nothing where no file, or more than one, could be it.</summary>
    public static (string Path, string Text)? Find(Workspace workspace, BuiltImage image, string path)
    {
        var name = Path.GetFileName(path);
        var context = workspace.Absolute(image.Context);
        if (name.Length == 0 || !Directory.Exists(context)) return null;
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MostFolders, AttributesToSkip = FileAttributes.ReparsePoint };
        var found = Directory.EnumerateFiles(context, "*", options).Take(MostFiles).Where(file => Path.GetFileName(file) == name).Take(2).ToArray();
        if (found is not [var only]) return null;
        try
        {
            return (Path.GetRelativePath(workspace.Root, only), TextFile.Read(only));
        }
        catch (TextFileException)
        {
            return null;
        }
    }
}
