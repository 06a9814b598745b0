using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Infra.Operations.Backups;

/// <summary>Data that a restore is putting in the place of others.</summary>
/// <param name="Part">The part of the backup.</param>
/// <param name="Volumes">The volumes that it lies on, as the engine calls them.</param>
/// <param name="Undo">The arguments of Docker's client that put back what was there, or clear away what is left where that is not needed.</param>
public sealed record Swap(string Part, ImmutableArray<string> Volumes, ImmutableArray<string> Undo);

/// <summary>
/// A note of the swaps that a restore has begun, a line of JSON each. It is on the disk before the first file moves: where the machine
/// loses its power, the next command on the stack knows how to settle them.
/// </summary>
public sealed class SwapNote(string path)
{
    /// <summary>Those that have not come to their end.</summary>
    public ImmutableArray<Swap> Read() => File.Exists(path) ? [.. File.ReadAllLines(path).Select(Parse).OfType<Swap>()] : [];

    /// <summary>Notes one that is about to begin.</summary>
    public void Add(Swap swap)
    {
        OwnFolder.Make(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(swap) + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Takes one off that has ended, either way.</summary>
    public void Remove(string part)
    {
        var left = Read().Where(swap => swap.Part != part).Select(swap => JsonSerializer.Serialize(swap)).ToArray();
        if (left.Length > 0) File.WriteAllLines(path, left);
        else File.Delete(path);
    }

    // One that is incomplete on the disk had not begun.
    private static Swap? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Swap>(line) is { Part: not null, Volumes.IsDefault: false, Undo.IsDefaultOrEmpty: false } swap
                ? swap
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
