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

    /// <summary>The text of a file with certificates; none where it is not set, or is no such file.</summary>
    public string? Certificates(string key, string sentence)
    {
        Declare(key, SettingKinds.Path, null, sentence, StackKinds.All);
        if (FileBelow(key, "Write the path of the file that your provider hands out, below the project: certificates/provider.pem.")
            is not var (name, text))
            return null;
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            Report(key, $"'{name}' has a private key, and every service that is led to the store gets it.", "Keep the certificates alone in it.");
        else if (!text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
            Report(key, $"'{name}' has no certificate in PEM.", "It is to have lines '-----BEGIN CERTIFICATE-----'.");
        else
            return text;
        return null;
    }

    /// <summary>The text of a file with a page; none where it is not set, or is no such file.</summary>
    public string? Page(string key, string sentence, string usual)
    {
        Declare(key, SettingKinds.Path, usual, sentence, StackKinds.All);
        if (FileBelow(key, "Write the path of a file below the project: pages/maintenance.html.") is not var (name, text)) return null;
        if (!string.IsNullOrWhiteSpace(text)) return text;
        Report(key, $"'{name}' is empty.", "Write a page there, or drop the setting.");
        return null;
    }

    // The text of a file of the project's; none, and a finding, where it is elsewhere, or cannot be read.
    private (string Name, string Text)? FileBelow(string key, string then)
    {
        if (Raw(key) is not { } name) return null;
        var path = System.IO.Path.Combine(source.Root, name);
        if (ContainerPaths.Leaves(name)) Report(key, $"'{name}' is not below the project.", then);
        else if (!File.Exists(path)) Report(key, $"There is no file '{name}'.", then);
        else if (Read(key, System.IO.Path.GetDirectoryName(name) is { Length: > 0 } folder ? folder : ".", path) is [var (_, text)])
            return (name, text);
        return null;
    }

    /// <summary>ENTRYPOINT and CMD, in exec form, of an image that is built here; none where its Dockerfile has none, or does not exist.</summary>
    public ImageStart Started(AppImageArgs image, string? dockerfile)
    {
        var path = System.IO.Path.Combine(source.Root, image.Context, dockerfile ?? "");
        if (image.Published is not null || dockerfile is null || !File.Exists(path)) return ImageStart.Unknown;
        try
        {
            var file = DockerfileParser.Parse(dockerfile, TextFile.Read(path), image.Args);
            return file.Final(image.Target) is { } final
                ? new ImageStart(file.Entrypoint(final)?.ExecWords ?? [], file.Command(final)?.ExecWords ?? [])
                : ImageStart.Unknown;
        }
        catch (TextFileException)
        {
            // Building it reports that.
            return ImageStart.Unknown;
        }
    }

    private KeyValuePair<string, string>[] Read(string key, string folder, string file)
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
