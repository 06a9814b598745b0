using System.Diagnostics;
using Spectre.Console;

namespace Infra.Operations.Foundation;

/// <summary>Shows progress: a table that is redrawn at a terminal, a line for each change elsewhere.</summary>
public abstract class UpView : IUpView, IDisposable
{
    private readonly Lock turn = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Dictionary<string, string> last = new(StringComparer.Ordinal);

    public static UpView Make(TextWriter output) => Terminal.IsThere ? new Table(output) : new Lines(output);

    public void Show(string name, string state)
    {
        lock (turn)
        {
            if (last.GetValueOrDefault(name) == state) return;
            last[name] = state;
            Changed(name, state, clock.Elapsed);
        }
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected abstract void Changed(string name, string state, TimeSpan after);

    private sealed class Lines(TextWriter output) : UpView
    {
        protected override void Changed(string name, string state, TimeSpan after)
            => output.WriteLine(FormattableString.Invariant($"{after.TotalSeconds,6:0.0} s  {name} {state}"));
    }

    private sealed class Table(TextWriter output) : UpView
    {
        private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        private readonly SortedDictionary<string, (string State, TimeSpan After)> rows = new(StringComparer.Ordinal);
        private int drawn;

        protected override void Changed(string name, string state, TimeSpan after)
        {
            rows[name] = (state, after);
            if (drawn > 0) console.Cursor.MoveUp(drawn);
            foreach (var (row, (word, at)) in rows)
                console.MarkupLine(
                    FormattableString.Invariant($"\u001b[2K{at.TotalSeconds,6:0.0} s  {Markup.Escape(row),-24} [{Colour(word)}]{word}[/]")
                );
            drawn = rows.Count;
        }

        private static string Colour(string state) => state switch
        {
            "healthy" or "built" or "pulled" => "green",
            "unhealthy" or "ended" or "failed" => "red",
            _ => "yellow",
        };
    }
}
