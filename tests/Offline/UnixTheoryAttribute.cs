namespace Infra.Tests.Offline;

/// <summary>A theory about shell scripts, which Windows does not run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no sh." : null;
}
