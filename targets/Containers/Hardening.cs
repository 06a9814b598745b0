using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;

namespace Infra.Targets.Containers;

/// <summary>What a container's processes may do.</summary>
internal static class Hardening
{
    public static Input<ContainerCapabilitiesArgs>? Capabilities(Capabilities? capabilities)
    {
        if (capabilities is null) return null;
        return new ContainerCapabilitiesArgs
        {
            Adds = Unset.OrList(capabilities.Add.Select(Prefixed)),
            Drops = Unset.OrList(capabilities.Drop.Select(Prefixed)),
        };
    }

    public static InputList<string> SecurityOptions(ServiceSpec spec) => spec.NoNewPrivileges ? (InputList<string>)"no-new-privileges=true" : null!;

    // As the engine reports them; ALL has no prefix there.
    private static string Prefixed(string name) => name == "ALL" || name.StartsWith("CAP_", StringComparison.Ordinal) ? name : "CAP_" + name;
}
