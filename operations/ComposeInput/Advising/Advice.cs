using Infra.Model;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Advising;

/// <summary>What is said of a rule's finding where it is Compose's keys that mend it.</summary>
/// <param name="Severity">How much it matters in somebody else's file: docs/compose-files.md has the policy.</param>
/// <param name="Key">The key that it is about.</param>
/// <param name="Do">What to do about it.</param>
/// <param name="What">What is wrong, where the rule's own words do not say it for Compose.</param>
internal sealed record Advice(Severity Severity, string Key, string Do, string? What = null)
{
    public static Advice Error(string key, string action, string? what = null) => new(Severity.Error, key, action, what);

    public static Advice Warning(string key, string action, string? what = null) => new(Severity.Warning, key, action, what);
}

/// <summary>A finding for which advice is asked.</summary>
/// <param name="Reviewed">The application.</param>
/// <param name="Topology">The services that run side by side.</param>
/// <param name="Finding">The rule's finding.</param>
/// <param name="Subject">What the finding's aspect is about; empty where it says nothing.</param>
internal sealed record Advised(ReviewedApplication Reviewed, Topology Topology, Finding Finding, string Subject)
{
    /// <summary>The first service that the finding names.</summary>
    public ServiceSpec Service => Topology.Find(Finding.Where.Split(", ")[0])!;

    /// <summary>What the files say of it.</summary>
    public ComposeService Keys => Reviewed.Keys(Service.Name);

    /// <summary>Whether others keep their data in it, or send them through it.</summary>
    public bool IsStore => Service.Role is ServiceRole.Database or ServiceRole.Cache or ServiceRole.Broker or ServiceRole.Pool;
}
