using System.Text.RegularExpressions;

namespace Infra.Model.Dockerfiles.Rules;

/// <summary>What several rules ask of the commands in a RUN.</summary>
internal static partial class Commands
{
    /// <summary>Whether it installs Python packages.</summary>
    public static bool InstallsDependencies(this Instruction run) => PythonInstaller().IsMatch(run.Text);

    /// <summary>Whether it installs the system's packages with apt.</summary>
    public static bool UsesApt(this Instruction run) => Apt().IsMatch(run.Text);

    /// <summary>The system's packages that it installs.</summary>
    public static IEnumerable<string> Packages(this Instruction run)
        => SystemInstaller().Matches(run.Text).SelectMany(found => found.Groups[1].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(word => !word.StartsWith('-') && !word.StartsWith('$')).Select(word => word.Split('=', '/')[0]);

    [GeneratedRegex(@"\b(pip3?|uv(?!\s+python\b)|poetry|pipenv|pdm)\s+([^&|;]*\s)?(install|sync)\b")]
    private static partial Regex PythonInstaller();

    [GeneratedRegex(@"\bapt(-get)?\s+([^&|;]*\s)?(install|update)\b")]
    private static partial Regex Apt();

    [GeneratedRegex(@"\b(?:apt(?:-get)?\s+(?:[^&|;\n]*\s)?install|apk\s+(?:[^&|;\n]*\s)?add)\s([^&|;\n]*)")]
    private static partial Regex SystemInstaller();
}
