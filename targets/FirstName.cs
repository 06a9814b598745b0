using Pulumi;
using Pulumi.Utilities;

namespace Infra.Targets;

/// <summary>
/// The name that a component had first, where an alias gives it: what it runs keeps that name. A new logical name
/// is a matter of Pulumi's state alone, and replaces neither the container nor a volume, and no address changes.
/// </summary>
public static class FirstName
{
    /// <summary>The name of the first alias that has one, or the component's own.</summary>
    /// <exception cref="RunException">An alias is not known yet.</exception>
    public static string Resolve(string name, ResourceOptions? options)
        => options?.Aliases.Select(alias => Known(name, alias)).Select(NameOf).OfType<string>().FirstOrDefault() ?? name;

    private static string? NameOf(Alias alias) =>
        alias.Urn is { } urn ? urn[(urn.LastIndexOf("::", StringComparison.Ordinal) + 2)..]
        : alias.Name is { } name ? Known("an alias", name)
        : null;

    private static T Known<T>(string where, Input<T> input) =>
        OutputUtilities.GetValueAsync(input.ToOutput()) is { IsCompletedSuccessfully: true } value
            ? value.Result
            : throw new RunException($"{where}: An alias must be known when the program starts. Write it as a plain text.");
}
