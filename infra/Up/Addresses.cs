using Infra.Model;

namespace Infra.Up;

/// <summary>Where a running stack is reached from this machine.</summary>
public static class Addresses
{
    public static IEnumerable<string> Of(Topology topology)
        => topology.Services.SelectMany(service => Model.Addresses.Of(service).Select(each => $"{service.Name}: {each.Address}"));
}
