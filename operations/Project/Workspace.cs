using Infra.Operations.Foundation;

namespace Infra.Operations.Project;

/// <summary>The project's folder and what lies where in it.</summary>
public sealed record Workspace(string Root)
{
    private const string ProjectFile = "Pulumi.yaml";

    /// <summary>The folder that <c>INFRA_ROOT</c> names, else the nearest one upwards that has a <c>Pulumi.yaml</c>.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static Workspace Find()
    {
        var start = Environment.GetEnvironmentVariable("INFRA_ROOT") ?? Directory.GetCurrentDirectory();
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, ProjectFile)))
                return new Workspace(folder.FullName);
        throw UserErrorException.BadInput($"{start}: No {ProjectFile} here or above. Run the command inside the project.");
    }

    public string Project => Path.Combine(Root, ProjectFile);

    public string Settings(string stack) => Path.Combine(Root, SettingsName(stack));

    public static string SettingsName(string stack) => $"Pulumi.{stack}.yaml";

    /// <summary>The stacks that have settings, by name.</summary>
    public IReadOnlyList<string> Stacks =>
        [
            .. Directory
                .EnumerateFiles(Root, "Pulumi.*.yaml")
                .Select(file => Path.GetFileName(file)["Pulumi.".Length..^".yaml".Length])
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The stack's secrets, relative to the root.</summary>
    public static string SecretsOf(string stack) => $".secrets/{stack}";

    /// <summary>What is remembered and rendered for the stack, relative to the root.</summary>
    public static string StateOf(string stack) => $".infra/{stack}";

    /// <summary>What the last <c>up</c> has put in place, relative to the root.</summary>
    public static string AppliedOf(string stack) => $"{StateOf(stack)}/applied.json";

    /// <exception cref="UserErrorException">The stack's folders cannot be written.</exception>
    public void RequireWritable(string stack)
    {
        foreach (var folder in new[] { StateOf(stack), SecretsOf(stack).Split('/')[0] })
        {
            var probe = Path.Combine(Absolute(folder), $".probe-{stack}");
            try
            {
                Directory.CreateDirectory(Absolute(folder));
                File.WriteAllText(probe, "");
                File.Delete(probe);
            }
            catch (Exception error) when ((error is IOException full && !DiskFull.Is(full)) || error is UnauthorizedAccessException)
            {
                throw UserErrorException.BadInput(
                    $"{folder}: It cannot be written: {error.Message} Make it a folder of yours, and run the same command again."
                );
            }
        }
    }

    public string Absolute(string path) => Path.GetFullPath(path, Root);
}
