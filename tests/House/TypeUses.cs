using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Infra.Tests.House;

/// <summary>The types of its own assembly that a type uses, nested ones counted as the one that they are in.</summary>
internal static class TypeUses
{
    public static IEnumerable<TypeDefinition> Of(TypeDefinition type) => Named(type).SelectMany(Parts).OfType<TypeDefinition>()
        .Where(used => used.Module == type.Module).Select(Outermost).Where(used => used != type);

    private static IEnumerable<TypeReference?> Named(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(each => each.InterfaceType),
        .. type.CustomAttributes.Select(each => each.AttributeType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Methods.SelectMany(Of),
        .. type.NestedTypes.SelectMany(Named),
    ];

    private static IEnumerable<TypeReference?> Of(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method.HasBody ? Of(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> Of(MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            TypeReference named => [named],
            FieldReference field => [field.DeclaringType, field.FieldType],
            GenericInstanceMethod generic => [.. Of(generic.ElementMethod), .. generic.GenericArguments],
            MethodReference called => Of(called),
            _ => Array.Empty<TypeReference>(),
        }),
    ];

    private static TypeReference[] Of(MethodReference called) =>
        [called.DeclaringType, called.ReturnType, .. called.Parameters.Select(parameter => parameter.ParameterType)];

    // List<Docker[]> → List<>, Docker
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static TypeDefinition Outermost(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }
}
