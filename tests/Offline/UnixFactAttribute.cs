namespace Infra.Tests.Offline;

/// <summary>A fact about shell scripts, which Windows does not run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no sh." : null;
}
