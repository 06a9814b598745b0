using System.Reflection;

namespace Infra.Tests.Offline;

/// <summary>The surface of the Pulumi.Docker that is loaded, said in the words of docker-api.txt.</summary>
internal static class ActualSurface
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Words =
        new() { [typeof(string)] = "string", [typeof(int)] = "int", [typeof(bool)] = "bool" };

    private static readonly Assembly Assembly = typeof(Pulumi.Docker.Container).Assembly;

    /// <summary>Whether this is the assembly of offline/: the published one carries its plugin's description.</summary>
    public static bool IsOffline => !Assembly.GetManifestResourceNames().Any(name => name.EndsWith("pulumi-plugin.json", StringComparison.Ordinal));

    public static Type Class(string name) =>
        Assembly.GetType("Pulumi.Docker." + name) ?? Assembly.GetType("Pulumi.Docker.Inputs." + name, throwOnError: true)!;

    /// <summary>What is public and meant to be used: resources, and arguments at both levels.</summary>
    public static IEnumerable<string> Classes => Assembly.GetExportedTypes()
        .Where(type => type.IsSubclassOf(typeof(Pulumi.Resource)) || type.IsSubclassOf(typeof(Pulumi.ResourceArgs)))
        .Select(type => type.Name);

    public static IEnumerable<string> Members(Type type) => type.GetProperties(Declared)
        .Select(property => property.Name + ": " + Name(property.PropertyType) + (IsRequired(property) ? " (REQUIRED)" : ""));

    public static string Constructor(Type type) =>
        "(" + string.Join(", ", type.GetConstructors().Single().GetParameters().Select(parameter =>
            Name(parameter.ParameterType) + " " + parameter.Name + (parameter.HasDefaultValue ? " = null" : ""))) + ")";

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? Name(value) + "?"
        : type.IsGenericType ? type.Name.Split('`')[0] + "<" + string.Join(", ", type.GetGenericArguments().Select(Name)) + ">"
        : Words.GetValueOrDefault(type, type.Name);

    // The attribute of a list or a map sits on the field behind the property.
    private static bool IsRequired(PropertyInfo property)
    {
        var field = "_" + char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
        MemberInfo? holder = property.IsDefined(typeof(Pulumi.InputAttribute))
            ? property
            : property.DeclaringType!.GetField(field, BindingFlags.Instance | BindingFlags.NonPublic);
        return holder?.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(Pulumi.InputAttribute))
            .Any(attribute => attribute.ConstructorArguments[1].Value is true) ?? false;
    }
}
