using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>Containers beside a service that serve no requests: on no network, never restarted, and removed when they end.</summary>
internal static class OneShot
{
    /// <summary>One of the stack that is called so.</summary>
    public static Docker.ContainerArgs Container(Naming naming, string name, Input<string> image) => new()
    {
        Name = name,
        Image = image,
        MustRun = false,
        Restart = "no",
        NetworkMode = "none",
        DestroyGraceSeconds = 1,
        Labels = Unset.OrList(ContainerLabels.ForStack(naming).Select(label => new ContainerLabelArgs { Label = label.Name, Value = label.Value })),
    };

    /// <summary>
    /// One whose command is root's, without a capability, and is waited for.
    /// A new volume belongs to root, who needs none to write there.
    /// </summary>
    public static Docker.ContainerArgs RootStep(Naming naming, string name, Input<string> image, ServiceSpec spec, Size? memory)
    {
        var args = Container(naming, name, image);
        args.User = "0:0";
        args.ReadOnly = true;
        args.Capabilities = ContainerParts.Capabilities(Capabilities.Only());
        args.SecurityOpts = ContainerParts.SecurityOptions(spec);
        args.Memory = memory?.WholeMiB;
        args.MemorySwap = memory?.WholeMiB;
        args.Attach = true;
        return args;
    }
}
