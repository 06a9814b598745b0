using System.Reflection;

namespace Infra.Components.Programs;

/// <summary>Files that travel inside an assembly: programs for containers, rules and dashboards.</summary>
public static class Embedded
{
    /// <summary>A file's text.</summary>
    /// <param name="assembly">The assembly that has it.</param>
    /// <param name="name">Its name, as the project's <c>LogicalName</c> has it.</param>
    /// <exception cref="InvalidOperationException">There is no such file in it.</exception>
    public static string Text(Assembly assembly, string name)
    {
        using var stream =
            assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException(
                $"{assembly.GetName().Name} has no embedded file '{name}'. Name it in the project's file as an EmbeddedResource "
                    + $"with this LogicalName. It has: {string.Join(", ", assembly.GetManifestResourceNames())}."
            );
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The texts of all files whose names begin with this folder (<c>rules/</c>), by what follows it.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Folder(Assembly assembly, string folder) =>
        assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => KeyValuePair.Create(name[folder.Length..], Text(assembly, name)));

    // What travels with the components themselves.
    internal static string Text(string name) => Text(typeof(Embedded).Assembly, name);
}
