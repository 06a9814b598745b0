using Infra.Model;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>Something that Compose files must hold to beside what every topology must: it hangs on what only they have.</summary>
/// <param name="Id">What findings call it; a topology's rule that it adds to has the same.</param>
/// <param name="Severity">The severity of its gravest finding.</param>
/// <param name="Title">What holds where it finds nothing.</param>
/// <param name="Check">Its findings, in the order of the services.</param>
public sealed record ComposeRule(string Id, Severity Severity, string Title, Func<ReviewedApplication, IEnumerable<KeyedFinding>> Check)
{
    internal KeyedFinding Error(string where, string key, string what, string action) => Found(Severity.Error, where, key, what, action);

    internal KeyedFinding Warning(string where, string key, string what, string action) => Found(Severity.Warning, where, key, what, action);

    internal KeyedFinding Found(Severity severity, string where, string key, string what, string action) =>
        new(new Finding(Id, severity, where, what, action), key);
}
