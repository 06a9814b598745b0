namespace Pulumi;

/// <summary>The inputs of a provider's function.</summary>
public abstract class InvokeArgs : InputArgs;
