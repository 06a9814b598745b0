using Infra.Model;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>A container's own name is one on the whole machine, where Compose's has the project's in front.</summary>
internal static class MachineNames
{
    public static ComposeRule Rule { get; } = new("UNIQUE-NAMES", Severity.Warning, "No container's name is taken from other projects", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Application.Services
        where service.Text("container_name") is { } name && !name.Contains(reviewed.Application.Name, StringComparison.OrdinalIgnoreCase)
        select Rule.Warning(
            service.Name,
            "container_name",
            "'container_name' is a name of the whole machine: another project with it, or this one from a second folder, does not start.",
            "Drop it: Compose names the container after project and service."
        );
}
