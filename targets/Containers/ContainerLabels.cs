using Infra.Model;

namespace Infra.Targets.Containers;

/// <summary>Labels of what Pulumi makes: those of its stack, and those that replace a container when something outside it changes.</summary>
public static class ContainerLabels
{
    /// <summary>The carrier that brought the service's files.</summary>
    public const string Files = "infra.files";

    /// <summary>The carrier that brought the password that the service was started with.</summary>
    public const string Password = "infra.password";

    /// <summary>The networks that the container was connected to.</summary>
    public const string Networks = "infra.networks";

    /// <summary>The attempt in which a step ran.</summary>
    public const string Attempt = "infra.attempt";

    /// <summary>The labels by which everything of a stack is found again, and which engine made it.</summary>
    internal static IEnumerable<(string Name, string Value)> ForStack(Naming naming)
        => [(Labels.Engine, EngineKind.Pulumi.Name()), (Labels.Stack, naming.Name)];
}
