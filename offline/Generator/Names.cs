namespace Generator;

/// <summary>How the schema's names and shapes are said in C#.</summary>
internal static class Names
{
    // Those of C# that the schema uses; another one would not compile, and so be noticed.
    private static readonly string[] Keywords = ["internal", "namespace"];

    /// <summary>The property's name: cpuSet is CpuSet.</summary>
    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>The name of a parameter: internal is @internal.</summary>
    public static string Parameter(string name) => Keywords.Contains(name) ? "@" + name : name;

    /// <summary>The type of an argument: Input, InputList or InputMap.</summary>
    public static string Input(Schema schema, Shape shape)
    {
        var item = Item(schema, shape, reference => "Inputs." + reference + "Args");
        return shape.Wrapping switch
        {
            Wrapping.List => "InputList<" + item + ">",
            Wrapping.Map => "InputMap<" + item + ">",
            _ => "Input<" + item + ">",
        };
    }

    /// <summary>The type of a result; nullable where the provider need not give one, but for lists, which are empty then.</summary>
    public static string Output(Schema schema, Property property)
    {
        var item = Item(schema, property.Shape, reference => "Outputs." + reference);
        var optional = property.IsRequired ? "" : "?";
        return property.Shape.Wrapping switch
        {
            Wrapping.List => "ImmutableArray<" + item + ">",
            Wrapping.Map => "ImmutableDictionary<string, " + item + ">" + optional,
            _ => item + optional,
        };
    }

    private static string Item(Schema schema, Shape shape, Func<string, string> nested) => shape switch
    {
        { IsReference: true } when schema.Enums.ContainsKey(shape.Item) => shape.Item,
        { IsReference: true } => nested(shape.Item),
        { Item: "string" } => "string",
        { Item: "integer" } => "int",
        { Item: "boolean" } => "bool",
        _ => throw new InvalidDataException("The schema has a type of an unknown name: " + shape.Item + "."),
    };
}
