namespace Infra.Components.Programs;

/// <summary>The shell scripts beside this file, which travel with the program.</summary>
public static class Script
{
    /// <summary>The script as an exec-form command, with these arguments.</summary>
    public static string[] Command(string name, params string[] arguments) => ["sh", "-c", Read(name), name, .. arguments];

    /// <summary>The script's text.</summary>
    public static string Read(string name) => Embedded.Text(name + ".sh");
}
