namespace Pulumi;

/// <summary>The constructor of an output type that takes its members, each by its name.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute;
