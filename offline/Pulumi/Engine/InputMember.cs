using System.Collections.Concurrent;
using System.Reflection;

namespace Pulumi;

/// <summary>An <see cref="InputAttribute"/> field or property of an args class.</summary>
internal sealed class InputMember(InputAttribute attribute, MemberInfo member, Func<object, object?> get)
{
    private static readonly ConcurrentDictionary<Type, InputMember[]> s_members = new();

    public string Name => attribute.Name;

    public bool Json => attribute.Json;

    public static (InputMember Member, object? Value)[] ValuesOf(InputArgs args) =>
        Array.ConvertAll(Of(args.GetType()), member => (member, member.Get(args)));

    public object? Get(InputArgs args) => get(args);

    /// <summary>The value, which a required member must have.</summary>
    public object? Checked(object? value) => value is null && attribute.IsRequired
        ? throw new ArgumentNullException($"[Input] {member.DeclaringType}.{member.Name} is required but was not given a value", (Exception?)null)
        : value;

    private static InputMember[] Of(Type type) => s_members.GetOrAdd(type, static type => Find(type).ToArray());

    private static IEnumerable<InputMember> Find(Type type)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var member in declaring.GetMembers(Declared))
            {
                if (member is PropertyInfo or FieldInfo && member.GetCustomAttribute<InputAttribute>(inherit: false) is { } input)
                    yield return new(input, member, member is PropertyInfo property ? property.GetValue : ((FieldInfo)member).GetValue);
            }
        }
    }
}
