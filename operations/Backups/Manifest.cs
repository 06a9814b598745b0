using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Infra.Model;

namespace Infra.Operations.Backups;

/// <summary>
/// What a backup has. It is written last: a folder without one is no backup. The backup service, whose image has no .NET, writes the same
/// with a script (<c>components/Programs/backup.sh</c>).
/// </summary>
/// <param name="Stack">Of which stack, as <c>{project}-{stack}</c>.</param>
/// <param name="Taken">When.</param>
/// <param name="Parts">Its files.</param>
public sealed record Manifest(string Stack, DateTimeOffset Taken, ImmutableArray<ManifestPart> Parts)
{
    public const string FileName = "manifest.json";

    private const string NameFormat = "yyyyMMdd'T'HHmmss'Z'";

    // A clock that another machine has set may differ a little; one that differs more is wrong.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Whether it was taken of everything that the stack had; not known of a backup that does not say so.</summary>
    public bool? Whole { get; init; }

    /// <summary>The name of its folder.</summary>
    [JsonIgnore]
    public string Name => NameAt(Taken);

    /// <summary>Whether it has all that a backup of this stack has to have.</summary>
    public bool IsCompleteFor(Topology topology) =>
        Stack == topology.Naming.Name
        && (Whole ?? BackupPart.From(topology).All(part => part.IsCompanion || Parts.Any(written => written.File == part.File)));

    /// <summary>Whether a clock that was wrong has dated it: it then counts as older than any other.</summary>
    public bool IsFromTheFuture(DateTimeOffset now) => Taken > now + ClockTolerance;

    public static string NameAt(DateTimeOffset moment) => moment.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads one; nothing when it is not one.</summary>
    public static Manifest? Parse(string text)
    {
        try
        {
            return
                JsonSerializer.Deserialize<Manifest>(text, Json) is { Stack: not null, Parts.IsDefaultOrEmpty: false } manifest
                && manifest.Parts.All(part => part.IsSound)
                ? manifest
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => JsonSerializer.Serialize(this, Json) + "\n";
}

/// <summary>One file of a backup.</summary>
/// <param name="Name">The service, or the application's volume.</param>
/// <param name="File">The file's name.</param>
/// <param name="Image">What wrote it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its digest, in lower-case hexadecimal digits.</param>
/// <param name="Rows">The rows of each table, counted in the dump's own snapshot, where that can be.</param>
public sealed record ManifestPart(string Name, string File, string Image, long Bytes, string Sha256, ImmutableSortedDictionary<string, long>? Rows)
{
    /// <summary>The rows of all its tables; nothing where they cannot be counted.</summary>
    [JsonIgnore]
    public long? RowCount => Rows?.Values.Sum();

    /// <summary>Its size as users know it: rows where there are any, else bytes.</summary>
    [JsonIgnore]
    public string Amount => Rows is null
        ? Counted.Of(Bytes, "byte")
        : $"{Counted.Of(RowCount ?? 0, "row")} in {Counted.Of(Rows.Count, "table")}";

    // A name that leads out of the folder is an attack.
    internal bool IsSound => Name is { Length: > 0 } && Sha256 is { Length: 64 } && File is { Length: > 0 } && Path.GetFileName(File) == File;
}
