using Infra.Model;

namespace Infra.Operations.Loading;

/// <summary>One of those who have something to say of a stack.</summary>
/// <param name="Points">When it is asked.</param>
/// <param name="Find">What it finds.</param>
public sealed record FindingSource(ReviewPoints Points, Func<ReviewedStack, IEnumerable<Finding>> Find);
