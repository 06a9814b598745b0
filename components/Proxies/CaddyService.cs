using Infra.Model;

namespace Infra.Components.Proxies;

/// <summary>What the services that run Caddy have in common.</summary>
internal static class CaddyService
{
    /// <summary>Caddy with this configuration, which nothing reloads.</summary>
    /// <param name="kind">Its type token.</param>
    /// <param name="name">Its name.</param>
    /// <param name="image">Its image.</param>
    /// <param name="text">The configuration.</param>
    /// <param name="healthAddress">Where it answers 200 in its own container.</param>
    public static ServiceSpec Describe(string kind, string name, PinnedImage image, string text, string healthAddress)
    {
        var configuration = new ServiceFile("Caddyfile", text);
        return new ServiceSpec(kind, name)
        {
            Role = ServiceRole.Proxy,
            Image = image,
            Command = ["caddy", "run", "--config", configuration.Path, "--adapter", "caddyfile"],
            Files = [configuration],
            Health = HealthCheck.Exec("wget", "-q", "-O", "/dev/null", healthAddress),
            Pids = 256,
            // Not used: but the published image's program carries it, and without it in the bounding set the kernel refuses to execute that.
            Capabilities = Capabilities.Only("NET_BIND_SERVICE"),
            ReadOnly = true,
        };
    }
}
