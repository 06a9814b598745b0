using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Infra.Stacks.Configuration;

/// <summary>The stacks that a setting is for.</summary>
[Flags]
public enum StackKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The application in development.</summary>
    Dev = 1,

    /// <summary>The application in production.</summary>
    Prod = 2,

    /// <summary>The system <c>hexagonal</c>.</summary>
    Hexagonal = 4,

    /// <summary>The system <c>mikrom</c>.</summary>
    Mikrom = 8,

    /// <summary>The system <c>creator-hub</c>.</summary>
    CreatorHub = 16,

    /// <summary>The system <c>marketplace</c>.</summary>
    Marketplace = 32,

    /// <summary>The system <c>paqueteria</c>.</summary>
    Paqueteria = 64,

    /// <summary>Those with an application of the project's own.</summary>
    Own = Dev | Prod,

    /// <summary>Every one.</summary>
    All = Own | Hexagonal | Mikrom | CreatorHub | Marketplace | Paqueteria,
}

/// <summary>A single kind of stack, and its name as settings write it.</summary>
public sealed record NamedStackKind(StackKinds Kind, string Name);

/// <summary>The stacks' names as settings write them.</summary>
public static class StackKindNames
{
    /// <summary>Every single kind with its name, in the order of their declaration.</summary>
    public static ImmutableArray<NamedStackKind> Each { get; } = Singles();

    /// <summary>The names of those in a set: <c>dev</c>, <c>creator-hub</c>.</summary>
    public static ImmutableArray<string> Names(this StackKinds kinds) => [.. Each.Where(each => kinds.HasFlag(each.Kind)).Select(each => each.Name)];

    private static ImmutableArray<NamedStackKind> Singles()
    {
        var singles = ImmutableArray.CreateBuilder<NamedStackKind>();
        foreach (var kind in Enum.GetValues<StackKinds>())
            if (int.IsPow2((int)kind)) singles.Add(new NamedStackKind(kind, SettingKinds.Spelled(kind.ToString())));
        return singles.ToImmutable();
    }

    /// <summary>The kind that these values ask for by <c>system</c>, else by <c>environment</c>; none where neither says so.</summary>
    internal static StackKinds Asked(JsonObject values)
    {
        var name = (values["system"] ?? values["environment"])?.ToString();
        return Each.FirstOrDefault(each => each.Name == name)?.Kind ?? default;
    }
}
