using System.Collections.Immutable;
using Infra.Operations.Project;
using Infra.Operations.Releases;

namespace Infra.Operations.Rollbacks;

/// <summary>What a rollback will do.</summary>
/// <param name="To">The release that it leads to.</param>
/// <param name="Stack">The stack on that release's images.</param>
/// <param name="Lines">What it changes, and what it cannot take back, a line each.</param>
public sealed record RollbackPlan(Release To, StackContext Stack, ImmutableArray<string> Lines);
