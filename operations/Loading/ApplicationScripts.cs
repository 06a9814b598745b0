using Infra.Model;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;

namespace Infra.Operations.Loading;

/// <summary>The scripts that an image gets from its folder, read before it is built; the folder is looked through once.</summary>
internal sealed class ApplicationScripts(Workspace workspace, BuiltImage image)
{
    private const int MostFolders = 5;
    private const int MostFiles = 20_000;
    private readonly Lazy<ILookup<string, string>> files = new(() =>
        Files(workspace.Absolute(image.Context)).ToLookup(file => Path.GetFileName(file), StringComparer.Ordinal)
    );

    /// <summary>
    /// The script that lies at a path in the image, with its path in the project.
    /// Nothing where no file, or more than one, could be it.
    /// </summary>
    public (string Path, string Text)? Find(string path)
    {
        var name = Path.GetFileName(path);
        if (name.Length == 0 || files.Value[name].Take(2).ToArray() is not [var only]) return null;
        try
        {
            return (Path.GetRelativePath(workspace.Root, only), TextFile.Read(only));
        }
        catch (TextFileException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Files(string context)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = MostFolders,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        return Directory.Exists(context) ? Directory.EnumerateFiles(context, "*", options).Take(MostFiles) : [];
    }
}
