namespace Infra.Operations.Foundation;

/// <summary>Whether somebody sits at the other end.</summary>
public static class Terminal
{
    public static bool IsThere => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>The words that make <c>docker exec</c> fit this input and output.</summary>
    public static string[] DockerOptions() => IsThere ? ["--interactive", "--tty"] : ["--interactive"];

    /// <summary>Asks; no where nobody is there to answer.</summary>
    public static bool Ask(TextWriter output, string question)
    {
        if (!IsThere) return false;
        output.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
