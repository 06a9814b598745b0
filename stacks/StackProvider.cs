using Pulumi;

namespace Infra.Stacks;

/// <summary>Hands Pulumi the stack, made when Pulumi asks for it: inside the deployment, where configuration can be read.</summary>
public sealed class StackProvider(Func<Stack> make) : IServiceProvider
{
    public object GetService(Type serviceType) => make();
}
