namespace Infra.Tests.Sdk;

/// <summary>A service provider that makes one thing, of whatever type is asked for.</summary>
internal sealed class OneService(Func<object> make) : IServiceProvider
{
    public object GetService(Type serviceType) => make();
}
