using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.Findings;

namespace Infra.Operations.ComposeInput.Review;

/// <summary>A finding and the key that it is about.</summary>
/// <param name="Finding">What is found.</param>
/// <param name="Key">
/// The key in the services that it names (<c>healthcheck.test</c>), a member of a list by the path in the container (<c>ports#5432</c>,
/// <c>volumes#/data</c>); the service itself when empty.
/// </param>
public sealed record KeyedFinding(Finding Finding, string Key)
{
    /// <summary>The finding with the lines that it is about.</summary>
    public PlacedFinding In(ComposeApplication application) =>
        new(Finding, [.. Finding.Where.Split(", ").Select(service => Place(application, service))]);

    private FindingPlace Place(ComposeApplication application, string service)
    {
        var lines = application.Lines;
        var place = (Key.Split('#') is [var list, var member] ? Member(lines, service, list, member) : lines.Find(Path(service, Key)))
            ?? new SourceLine(application.Source.Files[0], 1, 1);
        return new FindingPlace(service, place.File, place.Line, place.Column);
    }

    private static SourceLine? Member(SourceLines lines, string service, string list, string member) =>
        lines.Items(Path(service, list)).LastOrDefault(item => Names(item.Text, member))?.Place ?? lines.Find(Path(service, list));

    // 8000, 8000:8000, 127.0.0.1:8000:8000/tcp, ./data:/data:ro
    private static bool Names(string text, string member) =>
        text.Split('/', 2)[0].Split(':')[^1] == member || text.Split(':').Any(part => part.TrimEnd('/') == member.TrimEnd('/'));

    private static string[] Path(string service, string key) =>
        key.Length == 0 ? ["services", service] : ["services", service, .. Parts(key)];

    // A variable's name may have a dot.
    private static ImmutableArray<string> Parts(string key) =>
        key.StartsWith("environment.", StringComparison.Ordinal) ? ["environment", key["environment.".Length..]] : [.. key.Split('.')];
}
