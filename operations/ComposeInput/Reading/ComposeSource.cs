using System.Collections.Immutable;
using Infra.Operations.Foundation;

namespace Infra.Operations.ComposeInput.Reading;

/// <summary>Which Compose files are read, and with what.</summary>
/// <param name="Files">The files in the order in which they are merged, as whole paths.</param>
public sealed record ComposeSource(ImmutableArray<string> Files)
{
    // What Compose looks for in a folder, best first (compose-go, cli/options.go).
    private static readonly string[] Names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    private static readonly string[] Overrides =
        ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

    /// <summary>Files of variables for <c>${NAME}</c> in place of the folder's <c>.env</c>, as whole paths.</summary>
    public ImmutableArray<string> EnvFiles { get; init; } = [];

    /// <summary>The profiles whose services are there. Defaults to all.</summary>
    public ImmutableArray<string> Profiles { get; init; } = ["*"];

    /// <summary>The folder that the files' relative paths and Compose's name of the project begin at.</summary>
    public string Folder => Path.GetDirectoryName(Files[0])!;

    /// <summary>The arguments before the command: <c>compose --file …</c>.</summary>
    public IEnumerable<string> Arguments =>
    [
        "compose",
        .. Files.SelectMany(file => new[] { "--file", file }),
        .. EnvFiles.SelectMany(file => new[] { "--env-file", file }),
        .. Profiles.SelectMany(profile => new[] { "--profile", profile }),
    ];

    /// <summary>The files that these paths mean: a folder's own file and its override, a file itself.</summary>
    /// <param name="paths">Files and folders, relative to the folder that the command runs in.</param>
    /// <exception cref="UserErrorException">One is not there, or a folder has no Compose file; all are named.</exception>
    public static ComposeSource Find(IReadOnlyList<string> paths)
    {
        var found = paths.Select(path => (Path: path, Files: FilesAt(Path.GetFullPath(path)))).ToArray();
        var missing = found.Where(each => each.Files.IsEmpty).Select(each => Directory.Exists(each.Path)
            ? $"{each.Path}: There is no Compose file in this folder. Name the file, or a folder with a {Names[0]}."
            : $"{each.Path}: There is no such file. Name a Compose file, or the folder that it is in.").ToArray();
        return missing.Length == 0 ? new ComposeSource([.. found.SelectMany(each => each.Files)]) : throw UserErrorException.BadInput(missing);
    }

    /// <summary>The applications that these paths mean: the files together are one, and each folder is one by itself.</summary>
    /// <param name="paths">Files and folders, relative to the current folder.</param>
    /// <exception cref="UserErrorException">One is not there, or a folder has no Compose file; all are named.</exception>
    public static ImmutableArray<ComposeSource> FindEach(IReadOnlyList<string> paths)
    {
        _ = Find(paths);
        var files = paths.Where(File.Exists).ToArray();
        return [.. files.Length == 0 ? [] : new[] { Find(files) }, .. paths.Where(path => !File.Exists(path)).Select(path => Find([path]))];
    }

    private static ImmutableArray<string> FilesAt(string path) =>
        File.Exists(path) ? [path]
        : First(path, Names) is { } file ? [file, .. First(path, Overrides) is { } further ? [further] : Array.Empty<string>()]
        : [];

    private static string? First(string folder, string[] names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
