using Infra.Operations.Foundation;

namespace Infra.Tests.Support;

/// <summary>Shows nothing.</summary>
internal sealed class Silent : IUpView
{
    public void Show(string name, string state)
    {
    }
}
