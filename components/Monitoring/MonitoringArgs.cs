using Infra.Model;

namespace Infra.Components.Monitoring;

/// <summary>What every service that watches others, from an image of its own, needs to know.</summary>
/// <param name="Image">The image.</param>
/// <param name="Memory">The most memory it may use.</param>
/// <param name="Cpus">The most processor time it may use.</param>
public abstract record MonitoringArgs(PinnedImage Image, Size Memory, Cpu Cpus)
{
    /// <summary>The port on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }
}
