using System.Collections.Immutable;
using System.Globalization;

namespace Infra.Model;

/// <summary>Where the engine puts what a container prints.</summary>
/// <param name="Driver">The engine's driver: <c>json-file</c>, <c>syslog</c>, …, or a plugin's name.</param>
public sealed record Logging(string Driver)
{
    /// <summary>The engine's own files, which it bounds only when it is configured to.</summary>
    public const string JsonFile = "json-file";

    /// <summary>The option that bounds a file.</summary>
    public const string MaxSize = "max-size";

    /// <summary>The driver's options, by name.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>3 files of 10 MiB.</summary>
    public static Logging Default { get; } = Files(Size.MiB(10), 3);

    /// <summary>Whether what is kept on this machine has an end.</summary>
    public bool IsBounded => Driver != JsonFile || Options.ContainsKey(MaxSize);

    /// <summary>The engine's own files: when one is full, and how many are kept.</summary>
    public static Logging Files(Size maxSize, int maxFiles) => new(JsonFile)
    {
        Options = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add(MaxSize, maxSize.ToString()).Add("max-file", maxFiles.ToString(CultureInfo.InvariantCulture)),
    };
}
