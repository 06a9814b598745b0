using Infra.Model;

namespace Infra.Operations.Adoption;

/// <summary>A store, and the volume that it takes over.</summary>
/// <param name="Naming">The stack's names.</param>
/// <param name="Owner">The service.</param>
/// <param name="Volume">The volume.</param>
/// <param name="Content">What it has.</param>
internal sealed record AdoptedStore(Naming Naming, ServiceSpec Owner, Volume Volume, VolumeContent Content)
{
    /// <summary>What the engine calls the volume.</summary>
    public string Name => Volume.Existing!;

    /// <summary>The service's image as the engine knows it.</summary>
    public string Image => Naming.Reference(Owner.Image);

    /// <summary>Refuses files that the service's user may not write.</summary>
    public void RequireOwner(Action<string> refuse)
    {
        if (Content.User is not { } user || Content.Roots.FirstOrDefault(entry => entry.Owner != user) is not { } foreign) return;
        refuse(FormattableString.Invariant(
            $"{Name}: '{foreign.Path}' in it belongs to the user {foreign.Owner}, and '{Owner.Name}' runs as {user}. Hand it over: ")
            + $"docker run --rm --user 0:0 --network none --volume {Name}:/volume --entrypoint chown {Image} -R {Owner.User} /volume");
    }
}
