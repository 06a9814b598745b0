namespace Infra.Operations.Foundation;

/// <summary>Whether there is a terminal.</summary>
public static class Terminal
{
    public static bool IsThere => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>The arguments that make <c>docker exec</c> fit this input and output.</summary>
    public static string[] DockerOptions() => IsThere ? ["--interactive", "--tty"] : ["--interactive"];

    /// <summary>Asks; the answer is no without a terminal.</summary>
    public static bool Ask(TextWriter output, string question)
    {
        if (!IsThere) return false;
        output.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
