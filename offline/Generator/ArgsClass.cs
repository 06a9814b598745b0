namespace Generator;

/// <summary>Writes the classes that programs fill in: arguments of resources and their nested parts.</summary>
internal static class ArgsClass
{
    public static TypeSource For(Schema schema, Resource resource) =>
        Write(schema, "Pulumi.Docker", resource.Name + "Args", resource.Inputs, Presets(resource.Name));

    // The engine takes a provider's structured settings as JSON text.
    public static TypeSource ForProvider(Schema schema) =>
        Write(
            schema, "Pulumi.Docker", "ProviderArgs", schema.ProviderInputs, presets: [],
            isJson: shape => shape is not { Wrapping: Wrapping.One, Item: "string" });

    public static TypeSource ForNested(Schema schema, string type) =>
        Write(schema, "Pulumi.Docker.Inputs", type + "Args", schema.Types[type], presets: []);

    // Seen in the published package: both are always sent.
    private static string[] Presets(string resource) => resource == "Image" ? ["BuildOnPreview = false;", "SkipPush = false;"] : [];

    private static TypeSource Write(
        Schema schema, string namespaceName, string name, IEnumerable<Property> properties, string[] presets, Func<Shape, bool>? isJson = null) =>
        TypeSource.From(
            namespaceName,
            "public sealed class " + name + " : global::Pulumi.ResourceArgs",
            [.. properties.Select(property => Member(schema, property, isJson?.Invoke(property.Shape) ?? false)), Constructor(name, presets)]);

    private static string Member(Schema schema, Property property, bool isJson)
    {
        var type = Names.Input(schema, property.Shape);
        var name = Names.Pascal(property.Name);
        var attribute = "[Input(\"" + property.Name + "\"" + (property.IsRequired ? ", required: true" : "") + (isJson ? ", json: true" : "") + ")]";
        var field = "_" + property.Name;
        return property.Shape.Wrapping == Wrapping.One
            ? $$"""
            {{attribute}}
            public {{type}}{{(property.IsRequired ? "" : "?")}} {{name}} { get; set; }{{(property.IsRequired ? " = null!;" : "")}}
            """
            : $$"""
            {{attribute}}
            private {{type}}? {{field}};
            public {{type}} {{name}}
            {
                get => {{field}} ?? ({{field}} = new {{type}}());
                set => {{field}} = value;
            }
            """;
    }

    private static string Constructor(string name, string[] presets) =>
        string.Join('\n', ["public " + name + "()", "{", .. presets.Select(preset => "    " + preset), "}"]);
}
