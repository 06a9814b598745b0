namespace Generator;

/// <summary>Writes the resources: their results and the constructor that registers them.</summary>
internal static class ResourceClass
{
    public static TypeSource For(Schema schema, Resource resource)
    {
        var isOptional = !resource.Inputs.Any(input => input.IsRequired);
        return Write(
            resource.Token, resource.Name, "CustomResource", "\"" + resource.Token + "\"", isOptional, resource.Secrets,
            resource.Outputs.Select(output => Member(schema, output)));
    }

    public static TypeSource ForProvider() =>
        Write("pulumi:providers:docker", "Provider", "ProviderResource", "\"docker\"", isOptional: true, secrets: [], members: []);

    private static TypeSource Write(
        string token, string name, string parent, string registeredAs, bool isOptional, IReadOnlyList<string> secrets, IEnumerable<string> members) =>
        TypeSource.From(
            "Pulumi.Docker",
            "[DockerResourceType(\"" + token + "\")]\npublic partial class " + name + " : global::Pulumi." + parent,
            [.. members, Constructor(name, registeredAs, isOptional), Options(secrets)]);

    private static string Member(Schema schema, Property output) =>
        $$"""
        [Output("{{output.Name}}")]
        public Output<{{Names.Output(schema, output)}}> {{Names.Pascal(output.Name)}} { get; private set; } = null!;
        """;

    private static string Constructor(string name, string registeredAs, bool isOptional) =>
        $$"""
        public {{name}}(string name, {{name}}Args{{(isOptional ? "? args = null" : " args")}}, CustomResourceOptions? options = null)
            : base({{registeredAs}}, name, args ?? new {{name}}Args(), MakeResourceOptions(options, ""))
        {
        }
        """;

    private static string Options(IReadOnlyList<string> secrets)
    {
        var hidden = secrets.Count == 0
            ? ""
            : ", AdditionalSecretOutputs = [" + string.Join(", ", secrets.Select(secret => "\"" + secret + "\"")) + "]";
        return $$"""
            private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options, Input<string>? id)
            {
                var defaults = new CustomResourceOptions { Version = PackageVersion.Value{{hidden}} };
                var merged = CustomResourceOptions.Merge(defaults, options);
                merged.Id = id ?? merged.Id;
                return merged;
            }
            """;
    }
}
