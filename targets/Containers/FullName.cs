namespace Infra.Targets.Containers;

/// <summary>
/// Names that begin with their registry (<c>ghcr.io/acme/shop:1</c>): the provider pushes no other, not even to Docker Hub, and
/// takes no layers for another.
/// </summary>
internal static class FullName
{
    public static bool Is(string reference) =>
        reference.Split('/') is [var registry, _, ..]
        && (registry.Contains('.', StringComparison.Ordinal) || registry.Contains(':', StringComparison.Ordinal) || registry == "localhost");
}
