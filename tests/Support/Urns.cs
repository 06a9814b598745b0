using System.Collections.Immutable;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Tests.Support;

/// <summary>How the engine names a resource: by the types of its parents, its own, and its name; and how aliases pass to children.</summary>
internal static class Urns
{
    private const string Root = "";

    public static string Own(Registered resource) => Join(resource.Above is { } parent ? Path(Own(parent)) : Root, resource.Type, resource.Name);

    /// <summary>The name, and all those that aliases give it.</summary>
    public static async Task<ImmutableArray<string>> AllAsync(Registered resource)
    {
        var urns = ImmutableArray.CreateBuilder<string>();
        urns.Add(Own(resource));
        foreach (var input in resource.AnyOptions.Aliases)
            urns.Add(await AliasAsync(resource, await OutputUtilities.GetValueAsync(input.ToOutput())));
        if (resource.Above is not { } parent)
            return urns.ToImmutable();
        foreach (var inherited in (await AllAsync(parent)).Skip(1))
            foreach (var name in urns.Select(Name).Distinct().ToArray())
                urns.Add(Join(Path(inherited), resource.Type, Inherited(name, parent.Name, Name(inherited))));
        return urns.ToImmutable();
    }

    private static async Task<string> AliasAsync(Registered resource, Alias alias)
    {
        var name = alias.Name is null ? resource.Name : await OutputUtilities.GetValueAsync(alias.Name.ToOutput());
        var above = alias.NoParent || resource.Above is null ? Root : Path(Own(resource.Above));
        return Join(above, resource.Type, name);
    }

    // A child that is called after its parent is thought to have changed its name with it.
    private static string Inherited(string child, string parent, string parentsAlias)
        => child.StartsWith(parent, StringComparison.Ordinal) ? parentsAlias + child[parent.Length..] : child;

    private static string Join(string path, string type, string name) => $"{path}{type}::{name}";

    private static string Path(string urn) => urn[..urn.IndexOf("::", StringComparison.Ordinal)] + "$";

    private static string Name(string urn) => urn[(urn.IndexOf("::", StringComparison.Ordinal) + 2)..];
}
