namespace Generator;

/// <summary>Every file of the assembly, by its path.</summary>
internal static class Assembly
{
    public static IReadOnlyDictionary<string, string> Of(Schema schema)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["PackageVersion.cs"] = SourceFile.Of("Pulumi.Docker", "internal static class PackageVersion", "public const string Value = \"" + schema.Version + "\";"),
            ["Provider.cs"] = ResourceClass.OfProvider(),
            ["ProviderArgs.cs"] = ArgsClass.OfProvider(schema),
        };
        foreach (var resource in schema.Resources)
        {
            files[resource.Name + ".cs"] = ResourceClass.Of(schema, resource);
            files[resource.Name + "Args.cs"] = ArgsClass.Of(schema, resource);
        }
        foreach (var (name, values) in schema.Enums)
            files[name + ".cs"] = EnumStruct.Of(name, values);

        var outputs = schema.Resources.SelectMany(resource => resource.Outputs).ToList();
        foreach (var type in schema.Reachable(outputs))
            files["Outputs/" + type + ".cs"] = OutputClass.Of(schema, type);
        // What a resource gives can also be said of it, so its types are inputs too.
        foreach (var type in schema.Reachable([.. outputs, .. schema.Resources.SelectMany(resource => resource.Inputs), .. schema.ProviderInputs]))
            files["Inputs/" + type + "Args.cs"] = ArgsClass.OfNested(schema, type);
        return files;
    }
}
