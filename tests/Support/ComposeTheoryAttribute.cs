namespace Infra.Tests.Support;

/// <summary>A theory that needs Docker's Compose plugin, though no engine; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ComposeTheoryAttribute : TheoryAttribute
{
    public ComposeTheoryAttribute() => Skip = new ComposeFactAttribute().Skip;
}
