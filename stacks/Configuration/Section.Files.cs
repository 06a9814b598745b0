using System.Collections.Immutable;
using Infra.Components;
using Infra.Model.Dockerfiles;

namespace Infra.Stacks.Configuration;

/// <content>What a setting leads to in the project's folder.</content>
internal sealed partial class Section
{
    /// <summary>The texts of the files in a folder, by name; none when it is not set.</summary>
    public ImmutableSortedDictionary<string, string> Folder(string key, string pattern, string sentence)
    {
        Declare(key, SettingKinds.Path, null, sentence, StackKinds.All);
        var files = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        if (Raw(key) is not { } folder) return files;
        var path = System.IO.Path.Combine(source.Root, folder);
        if (Directory.Exists(path))
            return files.AddRange(Directory.EnumerateFiles(path, pattern).Order(StringComparer.Ordinal).SelectMany(file => Read(key, folder, file)));
        Report(key, $"There is no folder '{folder}'.", $"Create it, with files {pattern}, or drop the setting.");
        return files;
    }

    /// <summary>The ENTRYPOINT of an image that is built here; none where its Dockerfile has none, or does not exist.</summary>
    public ImmutableArray<string> Entrypoint(AppImageArgs image, string? dockerfile)
    {
        var path = System.IO.Path.Combine(source.Root, image.Context, dockerfile ?? "");
        if (image.Published is not null || dockerfile is null || !File.Exists(path)) return [];
        try
        {
            var file = DockerfileParser.Parse(dockerfile, TextFile.Read(path), image.Args);
            return file.Final(image.Target) is { } final ? file.Entrypoint(final)?.ExecWords ?? [] : [];
        }
        catch (TextFileException)
        {
            // Building it reports that.
            return [];
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Read(string key, string folder, string file)
    {
        var name = System.IO.Path.GetFileName(file);
        try
        {
            return [KeyValuePair.Create(name, TextFile.Read(file))];
        }
        catch (TextFileException error)
        {
            var line = error.Line == 0 ? "" : FormattableString.Invariant($":{error.Line}");
            Report(key, $"'{folder}/{name}{line}': {error.Reason}", error.Action);
            return [];
        }
    }

    /// <summary>Whether the project has such a folder.</summary>
    public bool HasFolder(string folder) => Directory.Exists(System.IO.Path.Combine(source.Root, folder));

    /// <summary>The files in a folder that have such a name.</summary>
    public ImmutableArray<string> Existing(string folder, params ImmutableArray<string> patterns)
    {
        var path = System.IO.Path.Combine(source.Root, folder);
        if (!Directory.Exists(path))
            return [];
        return
        [
            .. patterns.SelectMany(pattern =>
                Directory.EnumerateFiles(path, pattern).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)
            ),
        ];
    }
}
