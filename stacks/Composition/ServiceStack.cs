using System.Collections.Immutable;
using Infra.Targets.Containers;
using Pulumi;

namespace Infra.Stacks.Composition;

/// <summary>A stack of services, and what <c>pulumi stack output</c> shows of it.</summary>
public abstract class ServiceStack : Stack
{
    private static readonly ImmutableDictionary<string, string> None = ImmutableDictionary<string, string>.Empty;

    /// <summary>Where each service is reached from its machine.</summary>
    [Output("addresses")]
    public Output<ImmutableDictionary<string, string>> Addresses { get; private set; } = Output.Create(None);

    /// <summary>The name of each service's container.</summary>
    [Output("containers")]
    public Output<ImmutableDictionary<string, string>> Containers { get; private set; } = Output.Create(None);

    /// <summary>The id of the image that runs the application.</summary>
    [Output("appImage")]
    public Output<string> AppImage { get; private set; } = Output.Create("");

    /// <summary>The value of each secret; shown with <c>--show-secrets</c> only.</summary>
    [Output("secrets")]
    public Output<ImmutableDictionary<string, string>> Secrets { get; private set; } = Output.CreateSecret(None);

    /// <summary>The URL of each service inside the stack, with its password; shown with <c>--show-secrets</c> only.</summary>
    [Output("urls")]
    public Output<ImmutableDictionary<string, string>> Urls { get; private set; } = Output.CreateSecret(None);

    internal void Report(StackExports exports) =>
        (Addresses, Containers, AppImage, Secrets, Urls) = (exports.Addresses, exports.Containers, exports.AppImage, exports.Secrets, exports.Urls);
}
