namespace Infra.Stacks.Configuration;

/// <summary>What a stack is for; its name is free.</summary>
public enum EnvironmentKind
{
    Dev,
    Prod,
}
