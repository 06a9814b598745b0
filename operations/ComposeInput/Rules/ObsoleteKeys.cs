using Infra.Model;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>Keys of older versions that say nothing any more, or that a network says better.</summary>
internal static class ObsoleteKeys
{
    public static ComposeRule Rule { get; } = new("OBSOLETE-KEY", Severity.Warning, "No key is one of an older Compose", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
    [
        .. from service in reviewed.Application.Services
           where service.At("links") is not null
           select Rule.Warning(
               service.Name,
               "links",
               "'links' is of the time before networks: services of one network reach each other by name.",
               "Drop it; an alias goes to 'networks.NETWORK.aliases' of the other service."
           ),
        .. from service in reviewed.Application.Services
           where service.At("volumes_from") is not null
           select Rule.Warning(
               service.Name,
               "volumes_from",
               "'volumes_from' mounts all that another service mounts.",
               "Name the volumes that it needs."
           ),
    ];
}
