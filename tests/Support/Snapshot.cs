using System.Runtime.CompilerServices;

namespace Infra.Tests.Support;

/// <summary>Compares a text with the file that was accepted for it: <c>tests/Snapshots/NAME.verified.EXTENSION</c>.</summary>
internal static class Snapshot
{
    /// <summary>Accepts what comes: <c>UPDATE_SNAPSHOTS=1 dotnet test</c>.</summary>
    private static readonly bool Accepts = Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    public static void Match(string text, string name, string extension) => Match(text, Folder(), name, extension, Accepts);

    public static void Match(string text, string folder, string name, string extension, bool accepts)
    {
        var verified = Path.Combine(folder, $"{name}.verified.{extension}");
        var received = Path.Combine(folder, $"{name}.received.{extension}");
        var accepted = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : "";
        if (text == accepted || accepts)
        {
            if (text != accepted) File.WriteAllText(verified, text);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"{FirstDifference(accepted, text)}\n  accepted: {verified}\n  received: {received}\nUPDATE_SNAPSHOTS=1 accepts it.");
    }

    private static string FirstDifference(string accepted, string received)
    {
        var (left, right) = (accepted.Split('\n'), received.Split('\n'));
        var line = Enumerable
            .Range(0, Math.Max(left.Length, right.Length))
            .First(index => left.ElementAtOrDefault(index) != right.ElementAtOrDefault(index));
        return $"Line {line + 1} differs.\n  - {left.ElementAtOrDefault(line)}\n  + {right.ElementAtOrDefault(line)}";
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "Snapshots");
}
