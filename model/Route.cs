using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>
/// How a running proxy is switched between the containers of a service while one replaces another: by a command,
/// run inside the proxy, that takes effect with the next request and breaks none.
/// </summary>
/// <param name="Service">The service behind the proxy.</param>
/// <param name="PinTo">Uses nothing but one container; <see cref="Container"/> stands where its name goes.</param>
/// <param name="Release">Uses whatever answers to the service's name, as the proxy does from its start.</param>
/// <param name="Folder">Where in the proxy the commands keep their choice, and nothing else is.</param>
public sealed record Route(string Service, ImmutableArray<string> PinTo, ImmutableArray<string> Release, string Folder)
{
    /// <summary>Stands for the container's name.</summary>
    public const string Container = "{container}";
}
