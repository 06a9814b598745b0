using System.Globalization;

namespace Infra.Targets.Containers;

/// <summary>What a service's containers are called, so that there can be more or fewer of them and the others keep their names.</summary>
internal static class ReplicaNames
{
    /// <summary>A name for the first, and with its number for each other: <c>web</c>, <c>web-2</c>.</summary>
    public static string Of(string name, int number) => number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");

    /// <summary>The names of those from the second on.</summary>
    public static IEnumerable<string> Further(string name, int count)
        => Enumerable.Range(2, Math.Max(0, count - 1)).Select(number => Of(name, number));
}
