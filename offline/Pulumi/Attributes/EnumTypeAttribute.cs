namespace Pulumi;

/// <summary>A struct of named values that is sent as its text.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class EnumTypeAttribute : Attribute;
