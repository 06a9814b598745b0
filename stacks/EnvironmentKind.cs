namespace Infra.Stacks;

/// <summary>What a stack is for; its name is free.</summary>
public enum EnvironmentKind
{
    Dev,
    Prod,
}
