namespace Pulumi;

/// <summary>A property of a resource that holds an output, under the given name or its own.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute(string? name = null) : Attribute
{
    public string? Name { get; } = name;
}
