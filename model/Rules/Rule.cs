namespace Infra.Model.Rules;

/// <summary>Something that every topology must hold to.</summary>
/// <param name="Id">What findings call it: <c>LOOPBACK-PORTS</c>.</param>
/// <param name="Severity">The severity of its gravest finding.</param>
/// <param name="Title">What holds where it finds nothing.</param>
/// <param name="Check">Its findings, in the order of the services.</param>
public sealed record Rule(string Id, Severity Severity, string Title, Func<Topology, IEnumerable<Finding>> Check)
{
    internal Finding Error(string where, string what, string action, string aspect = "") =>
        new(Id, Severity.Error, where, what, action) { Aspect = aspect };

    internal Finding Warning(string where, string what, string action, string aspect = "") =>
        new(Id, Severity.Warning, where, what, action) { Aspect = aspect };
}
