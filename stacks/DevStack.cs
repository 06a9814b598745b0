using Infra.Components;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Stacks.Services;
using Infra.Targets;

namespace Infra.Stacks;

/// <summary>Development: what the settings name and nothing else, one command up, code reloaded as it is edited.</summary>
public sealed class DevStack : ServiceStack
{
    public DevStack(IServiceHost host, Settings settings)
    {
        var services = new StackServices(host, settings).AddAll();

        if (settings.Proxy.Enabled) _ = new Proxy("proxy", services.Behind(settings.Proxy.Args), host);
        if (settings.Monitoring.Enabled) Monitoring.Add(host, settings.Monitoring, [.. services.All, .. CeleryWatch.Add(host, settings, services)]);
    }
}
