using Pulumi;

namespace Infra.Targets.Containers;

/// <summary>How Pulumi is to treat every container.</summary>
internal static class ContainerOptions
{
    // What Pulumi calls a resource whose making failed half-way: it is there, and the next run would take it for sound as it is.
    private const string Failed = "#initerror";

    /// <summary>
    /// A container that did not become healthy, or could not be started, is recreated by the next run instead of being taken for
    /// done. The old one goes first, as the provider itself asks for with any other change: its name is taken.
    /// </summary>
    public static CustomResourceOptions For(ComponentResource parent, InputList<Resource> before) => new()
    {
        Parent = parent,
        DependsOn = before,
        ReplaceOnChanges = { Failed },
        DeleteBeforeReplace = true,
    };
}
