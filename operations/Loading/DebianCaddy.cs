using Infra.Components;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Operations.Loading;

/// <summary>What Caddy 2.6, as Debian packages it, does not do of what a production proxy is asked for.</summary>
public static class DebianCaddy
{
    /// <summary>One warning for the proxy, where it leads to a service: each of its routes bounds the body of a request.</summary>
    public static IEnumerable<Finding> Find(ReviewedStack stack) =>
        stack.Settings.Environment != EnvironmentKind.Prod
            ? []
            : from proxy in stack.Topology.Services
              where proxy.Kind == Proxy.Kind && !proxy.Routes.IsEmpty && proxy.Image is BuiltImage image && DebianTag.Name(image) is not null
              select new Finding(
                  "DEBIAN-CADDY",
                  Severity.Warning,
                  proxy.Name,
                  "Debian's Caddy is 2.6: a request body that comes without its length (chunked) and grows beyond maxBody is answered with 502, "
                      + "where newer ones answer 413. It is not passed on either way.",
                  "Take images from a registry (infra:images: registry), or waive this where clients do not tell the two apart."
              );
}
