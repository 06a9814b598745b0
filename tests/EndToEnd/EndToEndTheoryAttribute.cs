namespace Infra.Tests.EndToEnd;

/// <summary>A theory on a real engine; skipped, with the reason, where none answers and none is required (<c>CI</c> is not set).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EndToEndTheoryAttribute : TheoryAttribute
{
    public EndToEndTheoryAttribute() => Skip = Engine.IsRequired ? null : Engine.Problem;
}
