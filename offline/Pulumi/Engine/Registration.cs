using System.Collections.Immutable;
using System.Text.Json;
using Pulumi.Testing;

namespace Pulumi;

/// <summary>Takes one resource to the mocks, and their answer to its outputs.</summary>
internal sealed class Registration(MockRun run, Resource resource, ResourceArgs args, ResourceOptions options)
{
    // Read at once: the program may go on to change its args.
    private readonly (InputMember Member, object? Value)[] _inputs = InputMember.ValuesOf(args);

    public async Task RunAsync()
    {
        try
        {
            await WaitAsync();
            var request = await RequestAsync();
            run.Reached(resource);
            var (id, state) = await run.Mocks.NewResourceAsync(request);
            await resource.Outputs.ResolveAsync(run.UrnOf(resource), id, ToState(state), run.IsPreview);
        }
        catch (Exception exception)
        {
            resource.Outputs.Fail(exception);
            throw;
        }
    }

    private async Task WaitAsync()
    {
        if (resource.Container is { } parent)
            await parent.Urn.Data;

        // Of an unknown list nothing can be said, so nothing is waited for.
        var dependsOn = await options.DependsOn.AsOutput().Data;
        if (!dependsOn.IsKnown)
            return;

        foreach (var dependency in dependsOn.Value)
            await WaitAsync(dependency);
    }

    /// <summary>A component is there when its children are; one that waits for what it is in does not wait for itself.</summary>
    private async Task WaitAsync(Resource dependency)
    {
        await dependency.Urn.Data;
        if (dependency is not ComponentResource || dependency.IsAbove(resource))
            return;

        foreach (var child in dependency.Children())
            await WaitAsync(child);
    }

    private async Task<MockResourceArgs> RequestAsync()
    {
        var inputs = ImmutableDictionary.CreateBuilder<string, object>();
        foreach (var (member, value) in _inputs)
        {
            var traits = new OutputTraits();
            var plain = await Plain.OfPropertyAsync(member.Name, member.Checked(value), traits);
            if (traits.IsKnown && plain is not null)
                inputs[member.Name] = IsJson(member, plain) ? JsonSerializer.Serialize(plain) : plain;
        }

        var id = options.Id is null ? null : (await options.Id.AsOutput().Data).Value;
        return new()
        {
            Type = resource.GetResourceType(),
            Name = resource.GetResourceName(),
            Inputs = inputs.ToImmutable(),
            Provider = await ProviderAsync(),
            Id = string.IsNullOrEmpty(id) ? (options as CustomResourceOptions)?.ImportId ?? "" : id,
        };
    }

    private async Task<string> ProviderAsync()
    {
        if (resource is not CustomResource)
            return "";

        var provider = options.Provider ?? resource.Providers.For(resource.GetResourceType());
        return provider is null ? "" : await provider.GetReferenceAsync();
    }

    /// <summary>A provider's settings are texts: what has structure is sent as JSON.</summary>
    private bool IsJson(InputMember member, object value) =>
        member.Json || (resource is ProviderResource && value is ImmutableArray<object?> or ImmutableDictionary<string, object?>);

    private IDictionary<string, object?> ToState(object? state) => state as IDictionary<string, object?>
        ?? throw new InvalidOperationException(
            $"The mock's state of '{resource.GetResourceName()}' must be a dictionary from string to object, "
                + $"but is {state?.GetType().ToString() ?? "null"}."
        );
}
