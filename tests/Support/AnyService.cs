using Infra.Model;
using Infra.Targets;

namespace Infra.Tests.Support;

/// <summary>A component of whatever spec a test has.</summary>
internal sealed class AnyService(ServiceSpec spec, IServiceHost host) : ServiceComponent(spec, host)
{
    public const string Kind = "infra:components:Any";

    /// <summary>A service that says nothing but its name and image.</summary>
    public static ServiceSpec Named(string name) => new(Kind, name) { Image = new PinnedImage("example/any", "1.2") };
}
