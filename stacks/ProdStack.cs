using Infra.Components;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Stacks.Services;
using Infra.Targets;

namespace Infra.Stacks;

/// <summary>Production: the image's own code behind a proxy, nothing writable but volumes, and no generated secret.</summary>
public sealed class ProdStack : ServiceStack
{
    public ProdStack(IServiceHost host, Settings settings)
    {
        var services = new StackServices(host, settings, settings.InProd).AddAll();

        if (settings.Proxy.Enabled)
            _ = new Proxy("proxy", services.Behind(settings.Proxy.Args) with
            {
                Networks = [ProdNetworks.Edge],
                ReservedMemory = settings.Proxy.Args.Memory.Reserved(),
            }, host);
        if (settings.Backup.Enabled)
            foreach (var database in DatabaseBackups.Of(settings, services))
                _ = new Backup(database.Name, database.Args, host);
        if (settings.Monitoring.Enabled)
            Monitoring.Add(
                host,
                settings.Monitoring,
                [.. services.All, .. CeleryWatch.Add(new AdjustingHost(host, settings.InProd), settings, services)]
            );
    }
}
