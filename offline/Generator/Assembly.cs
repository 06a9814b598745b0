namespace Generator;

/// <summary>Every type of the assembly.</summary>
internal static class Assembly
{
    public static IEnumerable<TypeSource> TypesOf(Schema schema)
    {
        var outputs = schema.Resources.SelectMany(resource => resource.Outputs).ToList();
        // What a resource gives can also be said of it, so its types are inputs too.
        var inputs = outputs.Concat(schema.Resources.SelectMany(resource => resource.Inputs)).Concat(schema.ProviderInputs);
        return
        [
            TypeSource.From("Pulumi.Docker", "internal static class PackageVersion", "public const string Value = \"" + schema.Version + "\";"),
            ResourceClass.ForProvider(),
            ArgsClass.ForProvider(schema),
            .. schema.Resources.SelectMany(resource => new[] { ResourceClass.For(schema, resource), ArgsClass.For(schema, resource) }),
            .. schema.Enums.Select(choice => EnumStruct.For(choice.Key, choice.Value)),
            .. schema.Reachable(outputs).Select(type => OutputClass.For(schema, type)),
            .. schema.Reachable(inputs).Select(type => ArgsClass.ForNested(schema, type)),
        ];
    }
}
