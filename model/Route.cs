using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>
/// How a running proxy is kept to some of a service's containers while others take their place: by a command,
/// run inside the proxy, that takes effect with the next request and breaks none.
/// </summary>
/// <param name="Service">The service behind the proxy.</param>
/// <param name="PinTo">Uses nothing but these containers; <see cref="Containers"/> stands where they go.</param>
/// <param name="Release">Uses whatever answers to the service's name, as the proxy does from its start.</param>
/// <param name="Folder">Where in the proxy the commands keep their choice, and nothing else is.</param>
public sealed record Route(string Service, ImmutableArray<string> PinTo, ImmutableArray<string> Release, string Folder)
{
    /// <summary>Stands for the containers, as <see cref="Among"/> writes them.</summary>
    public const string Containers = "{containers}";

    /// <summary>
    /// How many places a proxy has for containers: it is told as many, however many there are.
    /// By most numbers of containers that is divided evenly; and as many short ids, with commas between, are a file's name.
    /// </summary>
    public const int Places = 12;

    private const int ShortId = 12;

    /// <summary>The containers by their short ids, which the engine's name server knows; each as often as any other, or once more.</summary>
    /// <exception cref="ArgumentException">There is none, or there are more than places.</exception>
    public static string Among(ImmutableArray<string> ids) => ids.Length is > 0 and <= Places
        ? string.Join(',', Enumerable.Range(0, Places).Select(place => Short(ids[place % ids.Length])))
        : throw new ArgumentException(FormattableString.Invariant($"A proxy has places for 1 to {Places} containers, not {ids.Length}."));

    private static string Short(string id) => id.Length > ShortId ? id[..ShortId] : id;

    /// <summary>How long a container that was replaced may keep connections that are still in use. Defaults to 30 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);
}
