using System.Text.RegularExpressions;
using Infra.Operations.Project;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.SettingsMutants;

/// <summary>The projects that mutants are of, one for each folder of theirs.</summary>
internal sealed partial class MutantProjects : IDisposable
{
    /// <summary>The stack that each mutant is.</summary>
    public const string Stack = "mutant";

    private readonly Dictionary<string, string> roots = new(StringComparer.Ordinal);
    private readonly TemporaryRoot folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The mutant's project, with its file.</summary>
    public Workspace With(Mutant mutant)
    {
        var key = mutant.Source.Folder ?? "";
        if (!roots.TryGetValue(key, out var root)) roots[key] = root = mutant.Source.Folder is { } shape ? Shape(shape) : Own();
        // What has an absolute path on the original's machine lies in the copy here.
        var text = mutant.Source.Folder is null ? mutant.Text : mutant.Text.Replace("/opt/", $"{root}/opt/", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(root, $"Pulumi.{Stack}.yaml"), text);
        return new Workspace(root);
    }

    private string Shape(string shape)
    {
        var root = Make(Path.GetFileName(shape));
        TemporaryRoot.Copy(shape, root);
        return root;
    }

    private string Own()
    {
        var root = Make("shop");
        foreach (var name in new[] { "app", "samples" }) Directory.CreateSymbolicLink(Path.Combine(root, name), Repository.PathOf(name));
        var texts = Source.All.Select(source => source.Text).ToArray();
        foreach (var name in texts.SelectMany(text => Certificates().Matches(text)).Select(match => Path.Combine(root, match.Value)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(name)!);
            File.WriteAllText(name, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        }

        // The applications that lie beside the project in the documents.
        foreach (var beside in texts.SelectMany(text => Beside().Matches(text)).Select(match => Path.Combine(root, match.Value)).Distinct())
        {
            foreach (var source in new[] { "src", "shop", "bookshop", "catalog" }) Directory.CreateDirectory(Path.Combine(beside, source));
            File.WriteAllText(Path.Combine(beside, "Dockerfile"), "FROM python:3.14-slim\nUSER app\nCMD [\"gunicorn\"]\n");
        }

        return root;
    }

    private string Make(string name)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder.Path, name, "project")).FullName;
        File.WriteAllText(Path.Combine(root, "Pulumi.yaml"), $"name: {name}\nruntime: dotnet\n");
        return root;
    }

    [GeneratedRegex(@"[\w/-]+\.pem\b")]
    private static partial Regex Certificates();

    [GeneratedRegex(@"\.\./\w+(?=\s)")]
    private static partial Regex Beside();
}
