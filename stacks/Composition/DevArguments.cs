using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Composition;

/// <summary>What development adds to the arguments: code that is reloaded, what a service must wait for.</summary>
internal static class DevArguments
{
    /// <summary>
    /// One of the application's own processes, reloaded, after these steps.
    /// A step runs the image's own code, which <c>up</c> builds again when it was edited.
    /// </summary>
    public static T InDev<T>(this T args, Reload? reload, ImmutableArray<ServiceSpec> steps) where T : AppArgs
        => args with { Reload = reload, After = [.. args.After, .. steps] };
}
