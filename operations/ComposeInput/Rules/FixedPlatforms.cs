using Infra.Model;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>Another machine than the author's may have another processor.</summary>
internal static class FixedPlatforms
{
    public static ComposeRule Rule { get; } = new("PLATFORM", Severity.Warning, "No service is bound to one kind of processor", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Application.Services
        where service.Text("platform") is not null
        select Rule.Warning(
            service.Name,
            "platform",
            $"it runs on {service.Text("platform")} wherever it is started: on other processors in emulation, many times slower, or not at all.",
            "Drop 'platform', unless the image is there for no other."
        );
}
