namespace Infra.Tests.EndToEnd;

/// <summary>A fact on a second engine of the test's own; skipped, with the reason, where none can be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SecondEngineFactAttribute : FactAttribute
{
    public SecondEngineFactAttribute() => Skip = (Engine.IsRequired ? null : Engine.Problem) ?? SecondEngine.Absence;
}
