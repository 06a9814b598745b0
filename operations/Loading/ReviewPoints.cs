namespace Infra.Operations.Loading;

/// <summary>When a stack is reviewed, and so where a finding shows.</summary>
[Flags]
public enum ReviewPoints
{
    None = 0,

    /// <summary>Whenever a command loads the stack.</summary>
    Commands = 1,

    /// <summary>In <c>check</c>, besides.</summary>
    Check = 2,

    /// <summary>Beside what is wrong with settings that cannot be used, its errors alone.</summary>
    BadSettings = 4,

    /// <summary>In Pulumi's program before it looks at the engine: like what is wrong with the settings.</summary>
    ProgramsSettings = 8,

    /// <summary>In Pulumi's program before anything is registered.</summary>
    Program = 16,
}
