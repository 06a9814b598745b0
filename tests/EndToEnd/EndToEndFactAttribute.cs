namespace Infra.Tests.EndToEnd;

/// <summary>A fact on a real engine; skipped, with the reason, where none answers and none is required (<c>CI</c> is not set).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EndToEndFactAttribute : FactAttribute
{
    public EndToEndFactAttribute() => Skip = Engine.IsRequired ? null : Engine.Problem;
}
