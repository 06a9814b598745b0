using System.Collections.Immutable;
using Infra.Model;
using Pulumi;

namespace Infra.Targets;

/// <summary>Takes note of what a stack would run: registers no resource, resolves no secret, asks no engine.</summary>
public sealed class RecordingHost : IServiceHost
{
    private readonly List<ServiceSpec> services = [];

    /// <summary>The services so far, in the order in which the stack made them.</summary>
    public ImmutableArray<ServiceSpec> Services => [.. services];

    /// <inheritdoc/>
    public ServiceSpec Run(ServiceSpec spec, ComponentResource parent)
    {
        services.Add(spec);
        return spec;
    }

    /// <inheritdoc/>
    public void Build(BuiltImage image, ComponentResource parent)
    {
    }
}
