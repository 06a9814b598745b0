using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>
/// How a running proxy is told which containers of a service it may use, while one takes the place of another. The command
/// makes it read its configuration anew: with <paramref name="Only"/> set in its environment, it uses nothing but that
/// container; without, whatever answers to the service's name.
/// </summary>
/// <param name="Service">The service behind the proxy.</param>
/// <param name="Only">The variables that restrict it, with <see cref="Container"/> where the container's name goes.</param>
/// <param name="Command">The command, run inside the proxy.</param>
public sealed record Route(string Service, ImmutableSortedDictionary<string, string> Only, ImmutableArray<string> Command)
{
    /// <summary>Stands for the container's name.</summary>
    public const string Container = "{container}";
}
