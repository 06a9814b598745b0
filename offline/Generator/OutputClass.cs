namespace Generator;

/// <summary>Writes the nested parts of results: read-only, made by the SDK through their one constructor.</summary>
internal static class OutputClass
{
    public static TypeSource For(Schema schema, string type)
    {
        var properties = schema.Types[type];
        return TypeSource.From(
            "Pulumi.Docker.Outputs",
            "[OutputType]\npublic sealed class " + type,
            [
                .. properties.Select(property => "public readonly " + Names.Output(schema, property) + " " + Names.Pascal(property.Name) + ";"),
                Constructor(schema, type, properties),
            ]);
    }

    private static string Constructor(Schema schema, string type, IReadOnlyList<Property> properties) =>
        $$"""
        [OutputConstructor]
        private {{type}}(
        {{string.Join(",\n", properties.Select(property => "    " + Names.Output(schema, property) + " " + Names.Parameter(property.Name)))}})
        {
        {{string.Join('\n', properties.Select(property => "    " + Names.Pascal(property.Name) + " = " + Names.Parameter(property.Name) + ";"))}}
        }
        """;
}
