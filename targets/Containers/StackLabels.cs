using Infra.Model;

namespace Infra.Targets.Containers;

/// <summary>The labels by which everything of a stack is found again, and which engine made it.</summary>
internal static class StackLabels
{
    private const string Engine = "pulumi";

    public static IEnumerable<(string Name, string Value)> For(Naming naming)
        => [(Labels.Engine, Engine), (Labels.Stack, naming.Name)];
}
