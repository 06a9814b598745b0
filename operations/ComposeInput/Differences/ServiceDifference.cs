using System.Collections.Immutable;
using Infra.Model;
using Infra.Targets.Diagrams;

namespace Infra.Operations.ComposeInput.Differences;

/// <summary>What becomes of a service.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Becomes">Whether it is new, gone or changed; nothing where it stays as it is.</param>
/// <param name="Aspects">What is different of it; what it is, where it is new.</param>
public sealed record ServiceDifference(string Service, Mark? Becomes, ImmutableArray<AspectDifference> Aspects)
{
    /// <summary>The difference between what a service is and what it was, if it was there.</summary>
    public static ServiceDifference Between(ServiceSpec? was, ServiceSpec now)
    {
        var aspects = ServiceAspects.Between(was, now);
        return new ServiceDifference(now.Name, was is null ? Mark.New : aspects.IsEmpty ? null : Mark.Changed, aspects);
    }
}

/// <summary>Something of a service that is different.</summary>
/// <param name="Aspect">What: <c>ports</c>.</param>
/// <param name="Was">How it was; empty where there was none.</param>
/// <param name="Is">How it is; empty where there is none any more.</param>
public sealed record AspectDifference(string Aspect, string Was, string Is);
