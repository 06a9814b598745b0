using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Tests.Support;

/// <summary>A component of whatever spec a test has.</summary>
internal sealed class AnyService(ServiceSpec spec, IServiceHost host, ComponentResourceOptions? options = null, string? name = null)
    : ServiceComponent(name ?? spec.Name, service => spec with { Name = service }, host, options)
{
    public const string Kind = "infra:components:Any";

    /// <summary>A service that says nothing but its name and image.</summary>
    public static ServiceSpec Named(string name) => new(Kind, name) { Image = new PinnedImage("example/any", "1.2") };
}
