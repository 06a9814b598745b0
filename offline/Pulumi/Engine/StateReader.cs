using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace Pulumi;

/// <summary>Reads the plain values of a mock's state as the types of outputs.</summary>
[SuppressMessage("Performance", "CA1859", Justification = "The generic readers are all called through one type of delegate.")]
internal static class StateReader
{
    private static readonly ConcurrentDictionary<Type, Func<object, object?>> s_readers = new();

    public static object? Read(object? value, Type type) => value is null ? null : s_readers.GetOrAdd(type, ReaderOf)(value);

    private static Func<object, object?> ReaderOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return value => Read(value, underlying);
        if (type == typeof(object))
            return value => value;
        if (type == typeof(JsonElement))
            return value => JsonSerializer.SerializeToElement(value);
        if (type.IsEnum)
            return value => value is string name ? Enum.Parse(type, name) : Enum.ToObject(type, checked((int)Expect<double>(value, type)));
        if (type.IsDefined(typeof(EnumTypeAttribute), inherit: false))
            return EnumReader(type);
        if (type.IsGenericType)
            return GenericReader(type);
        return type.IsDefined(typeof(OutputTypeAttribute), inherit: false) ? ObjectReader(type) : ScalarReader(type);
    }

    private static Func<object, object?> ScalarReader(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => value => Expect<string>(value, type),
        TypeCode.Boolean => value => Expect<bool>(value, type),
        TypeCode.Double => value => Expect<double>(value, type),
        TypeCode.Int32 => value => checked((int)Expect<double>(value, type)),
        TypeCode.Int64 => value => checked((long)Expect<double>(value, type)),
        _ => throw new InvalidOperationException($"A {type} cannot be an output."),
    };

    private static Func<object, object?> GenericReader(Type type)
    {
        var arguments = type.GetGenericArguments();
        var definition = type.GetGenericTypeDefinition();
        var method = definition == typeof(ImmutableArray<>) ? nameof(ReadArray)
            : definition == typeof(ImmutableDictionary<,>) && arguments[0] == typeof(string) ? nameof(ReadMap)
            : definition == typeof(Union<,>) ? nameof(ReadUnion)
            : throw new InvalidOperationException($"A {type} cannot be an output.");

        return typeof(StateReader).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(method == nameof(ReadMap) ? [arguments[1]] : arguments)
            .CreateDelegate<Func<object, object?>>();
    }

    private static object? ReadArray<T>(object value) =>
        Expect<ImmutableArray<object?>>(value, typeof(ImmutableArray<T>)).Select(item => (T)Read(item, typeof(T))!).ToImmutableArray();

    private static object? ReadMap<T>(object value) =>
        Expect<ImmutableDictionary<string, object?>>(value, typeof(ImmutableDictionary<string, T>))
            .ToImmutableDictionary(pair => pair.Key, pair => (T)Read(pair.Value, typeof(T))!);

    private static object? ReadUnion<T0, T1>(object value)
    {
        try
        {
            return Union<T0, T1>.FromT0((T0)Read(value, typeof(T0))!);
        }
        catch (InvalidOperationException)
        {
            return Union<T0, T1>.FromT1((T1)Read(value, typeof(T1))!);
        }
    }

    private static Func<object, object?> EnumReader(Type type)
    {
        var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [typeof(string)])
            ?? throw new InvalidOperationException($"The enum type {type} needs a constructor that takes a string.");
        return value => constructor.Invoke([Expect<string>(value, type)]);
    }

    private static Func<object, object?> ObjectReader(Type type)
    {
        var constructor = type
            .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .FirstOrDefault(item => item.IsDefined(typeof(OutputConstructorAttribute), inherit: false))
            ?? throw new InvalidOperationException($"The output type {type} needs a constructor with [OutputConstructor].");
        var parameters = constructor.GetParameters();

        return value =>
        {
            var members = Expect<ImmutableDictionary<string, object?>>(value, type);
            return constructor.Invoke(Array.ConvertAll(
                parameters, parameter => Read(members.GetValueOrDefault(parameter.Name!), parameter.ParameterType)));
        };
    }

    private static T Expect<T>(object value, Type type) => value is T expected
        ? expected
        : throw new InvalidOperationException($"The state holds a {value.GetType()} where a {type} is expected.");
}
