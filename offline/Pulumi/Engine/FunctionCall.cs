using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Takes a call of a provider's function to the mocks.</summary>
internal sealed class FunctionCall(MockRun run, string token, InputArgs args, ProviderResource? provider, Resource? parent)
{
    /// <summary>The function's answer; unknown, and not asked for, while an argument is.</summary>
    public async Task<OutputData<T>> RunAsync<T>(InputList<Resource>? dependsOn, bool isSingle)
    {
        var traits = new OutputTraits();
        if (dependsOn is not null)
            traits.Add(await dependsOn.AsOutput().Data);

        var inputs = (ImmutableDictionary<string, object?>)(await Plain.OfAsync(args, traits))!;
        if (!traits.IsKnown)
            return OutputData<T>.Of(default!, traits);

        var source = provider ?? parent?.Providers.For(token);
        var answer = await run.Mocks.CallAsync(new()
        {
            Token = token,
            Args = inputs!,
            Provider = source is null ? "" : await source.GetReferenceAsync(),
        });

        var plain = await Plain.OfAsync(answer, traits);
        if (isSingle && plain is ImmutableDictionary<string, object?> members)
            plain = members.Values.Single();
        return OutputData<T>.Of((T)StateReader.Read(plain, typeof(T))!, traits);
    }
}
