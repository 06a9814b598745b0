using Spectre.Console;

namespace Infra.Operations.Foundation;

/// <summary>A console for files and pipes: no colours, and no line is broken.</summary>
public static class PlainConsole
{
    private const int Unbroken = 4000;

    public static IAnsiConsole On(TextWriter output)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(output),
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
            }
        );
        console.Profile.Width = Unbroken;
        return console;
    }
}
