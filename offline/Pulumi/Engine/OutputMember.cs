using System.Collections.Concurrent;
using System.Reflection;

namespace Pulumi;

/// <summary>An <see cref="OutputAttribute"/> property of a resource class.</summary>
internal sealed class OutputMember(PropertyInfo property, string name)
{
    private static readonly ConcurrentDictionary<Type, OutputMember[]> s_members = new();

    private readonly Type? _slotType = IsOutputType(property.PropertyType)
        ? typeof(OutputSlot<>).MakeGenericType(property.PropertyType.GetGenericArguments())
        : null;

    public string Name { get; } = name;

    public string PropertyName => property.Name;

    public bool IsOutput => _slotType is not null;

    public bool IsPublic { get; } = property.GetMethod?.IsPublic == true;

    public bool IsUrn { get; } = property.DeclaringType == typeof(Resource);

    /// <summary>Whether the mock's state fills it; the urn and the id come by another way.</summary>
    public bool IsState => IsOutput && property.CanWrite && !IsUrn && property.DeclaringType != typeof(CustomResource);

    public static OutputMember[] Of(Type type) => s_members.GetOrAdd(type, static type => Find(type).ToArray());

    public static Dictionary<string, object?> ValuesOf(Resource resource)
    {
        var values = new Dictionary<string, object?>();
        foreach (var member in Of(resource.GetType()).Where(member => !member.IsUrn))
            values[member.Name] = member.Get(resource);

        return values;
    }

    public object? Get(Resource resource) => property.GetValue(resource);

    /// <summary>Gives the resource an output that is resolved later.</summary>
    public OutputSlot Fill(Resource resource)
    {
        var slot = (OutputSlot)Activator.CreateInstance(_slotType!)!;
        property.SetValue(resource, slot.UntypedOutput);
        return slot;
    }

    private static IEnumerable<OutputMember> Find(Type type)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var property in declaring.GetProperties(Declared))
            {
                if (property.GetCustomAttribute<OutputAttribute>(inherit: false) is { } output)
                    yield return new(property, output.Name ?? property.Name);
            }
        }
    }

    private static bool IsOutputType(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Output<>);
}
