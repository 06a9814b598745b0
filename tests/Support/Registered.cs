using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Tests.Support;

/// <summary>A resource as the program registered it: what the engine saw, and what only the options say.</summary>
internal sealed record Registered(
    string Type,
    string Name,
    ImmutableDictionary<string, object> Inputs,
    ResourceArgs? Args,
    ResourceOptions AnyOptions,
    Registered? Above = null
)
{
    public bool IsComponent => AnyOptions is ComponentResourceOptions;

    public CustomResourceOptions Options => (CustomResourceOptions)AnyOptions;

    public object this[string input] => Inputs[input];

    public string? Parent => Options.Parent?.GetResourceName();

    public ImmutableDictionary<string, object> Map(string input) => (ImmutableDictionary<string, object>)Inputs[input];

    public ImmutableArray<object> List(string input) => (ImmutableArray<object>)Inputs[input];

    public ImmutableArray<ImmutableDictionary<string, object>> Maps(string input) => [.. List(input).Cast<ImmutableDictionary<string, object>>()];

    public string? Label(string name) =>
        Maps("labels").Where(label => (string)label["label"] == name).Select(label => (string)label["value"]).SingleOrDefault();

    public async Task<IEnumerable<string>> DependsOnAsync()
        => (await OutputUtilities.GetValueAsync(Options.DependsOn.ToOutput())).Select(resource => resource.GetResourceName());
}
