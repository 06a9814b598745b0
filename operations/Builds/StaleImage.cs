using Infra.Model;

namespace Infra.Operations.Builds;

/// <summary>An image that <c>up</c> has work with.</summary>
/// <param name="Image">The image.</param>
/// <param name="Hash">Of what it is built from.</param>
/// <param name="IsBuilt">Whether it is on the engine as it should be, and has only to be pushed.</param>
public sealed record StaleImage(BuiltImage Image, string Hash, bool IsBuilt = false);
