using System.Collections.Immutable;
using Mono.Cecil;

namespace Infra.Tests.House;

/// <summary>Which namespaces of an assembly use which others of it, by what its types declare and its methods' bodies name.</summary>
internal sealed class NamespaceUses(ImmutableArray<(string From, string To, string User, string Used)> uses)
{
    /// <summary>Reads a compiled assembly. A constant is copied by the compiler, and so counts as no use.</summary>
    public static NamespaceUses Of(string path)
    {
        using var module = ModuleDefinition.ReadModule(path);
        // What the compiler itself generates for patterns and the like has no namespace, or one of its own.
        var types = module.Types.Where(type => type.Namespace.StartsWith("Infra", StringComparison.Ordinal)).ToArray();
        return new NamespaceUses([.. from type in types
                                     from used in TypeUses.Of(type).Where(types.Contains).Distinct()
                                     where used.Namespace != type.Namespace
                                     select (type.Namespace, used.Namespace, type.Name, used.Name)]);
    }

    /// <summary>One use for each step of each circle, in the order of the names.</summary>
    public ImmutableArray<string> Circles() =>
    [
        .. uses.Where(use => Reached(use.To).Contains(use.From)).GroupBy(use => (use.From, use.To)).OrderBy(step => step.Key)
            .Select(step => $"{step.Key.From} → {step.Key.To}: {step.First().User} uses {step.First().Used}"),
    ];

    private HashSet<string> Reached(string from)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var next))
            foreach (var use in uses.Where(use => use.From == next && reached.Add(use.To)))
                open.Enqueue(use.To);
        return reached;
    }
}
