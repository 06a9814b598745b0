namespace Infra.Model;

/// <summary>How SELinux's label of a host's folder is changed, so that containers may enter it.</summary>
public enum Relabel
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>For every container that mounts it: <c>z</c>.</summary>
    Shared,

    /// <summary>For this container alone: <c>Z</c>.</summary>
    Private,
}
