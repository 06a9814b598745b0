namespace Pulumi;

/// <summary>The type token of a resource class.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class ResourceTypeAttribute(string type, string? version) : Attribute
{
    public string Type { get; } = type;

    public string? Version { get; } = version;
}
