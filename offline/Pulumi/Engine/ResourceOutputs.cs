using System.Collections.Immutable;

namespace Pulumi;

/// <summary>All outputs of a resource.</summary>
internal sealed class ResourceOutputs
{
    private readonly OutputSlot<string> _urn = new();
    private readonly OutputSlot<string> _id = new();
    private readonly List<(string Name, OutputSlot Slot)> _state = [];
    private readonly ImmutableHashSet<Resource> _origin;

    private ResourceOutputs(Resource resource) => _origin = [resource];

    public Output<string> Urn => _urn.Output;

    public Output<string> Id => _id.Output;

    /// <summary>Fills the resource's output properties; a local component assigns its own.</summary>
    public static ResourceOutputs For(Resource resource, bool remote)
    {
        var outputs = new ResourceOutputs(resource);
        if (resource is CustomResource || remote)
        {
            foreach (var member in OutputMember.Of(resource.GetType()).Where(member => member.IsState))
                outputs._state.Add((member.Name, member.Fill(resource)));
        }

        return outputs;
    }

    public void ResolveRoot(string urn) => _urn.Resolve(new(_origin, urn, IsKnown: true, IsSecret: false));

    /// <summary>What the state lacks is unknown in a preview, and the type's default otherwise.</summary>
    public async Task ResolveAsync(string urn, string? id, IDictionary<string, object?> state, bool isPreview)
    {
        _urn.Resolve(new(_origin, urn, IsKnown: true, IsSecret: false));
        _id.Resolve(new(_origin, id, IsKnown: !string.IsNullOrEmpty(id), IsSecret: false));
        foreach (var (name, slot) in _state)
        {
            if (!state.TryGetValue(name, out var value))
            {
                slot.Resolve(new(_origin, null, IsKnown: !isPreview, IsSecret: false));
                continue;
            }

            var traits = new OutputTraits();
            var plain = await Plain.OfAsync(value, traits);
            slot.Resolve(new(_origin.Union(traits.Resources), traits.IsKnown ? plain : null, traits.IsKnown, traits.IsSecret));
        }
    }

    public void Fail(Exception exception)
    {
        _urn.Fail(exception);
        _id.Fail(exception);
        foreach (var (_, slot) in _state)
            slot.Fail(exception);
    }
}
