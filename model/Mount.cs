namespace Infra.Model;

/// <summary>A named volume. One that holds state outlives <c>down</c> and <c>destroy</c>.</summary>
/// <param name="Name">Its name in the stack. <see cref="Naming.Volume"/> knows what the engine calls it.</param>
/// <param name="HoldsState">Whether losing it loses something. Defaults to true.</param>
public sealed record Volume(string Name, bool HoldsState = true)
{
    /// <summary>
    /// What the engine calls it, where it is taken over from somebody else: it must be there, and is never removed with the stack.
    /// One of the stack's own when unset.
    /// </summary>
    public string? Existing { get; init; }

    /// <summary>Why it is in no backup, in a few words; it is in one when unset.</summary>
    public string? LeftOut { get; init; }
}

/// <summary>Something that appears in the container's file system.</summary>
/// <param name="Target">Where, as an absolute path in the container.</param>
/// <param name="ReadOnly">Whether the container may not write to it.</param>
public abstract record Mount(string Target, bool ReadOnly);

/// <summary>A named volume at a path.</summary>
public sealed record VolumeMount(Volume Volume, string Target, bool ReadOnly = false) : Mount(Target, ReadOnly);

/// <summary>A folder or file of the host at a path. <paramref name="Source"/> is relative to the project's root, or absolute.</summary>
public sealed record BindMount(string Source, string Target, bool ReadOnly = false) : Mount(Target, ReadOnly)
{
    /// <summary>How SELinux's label of it is changed. Defaults to not at all.</summary>
    public Relabel Relabel { get; init; }

    /// <summary>The letter that engines know it by; none where nothing is changed.</summary>
    public string? RelabelLetter => Relabel switch { Relabel.Shared => "z", Relabel.Private => "Z", _ => null };
}

/// <summary>Memory at a path, gone with the container; never executable.</summary>
/// <param name="Target">Where.</param>
/// <param name="Size">How much at most.</param>
public sealed record TmpfsMount(string Target, Size Size) : Mount(Target, false);
