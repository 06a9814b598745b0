namespace Pulumi;

/// <summary>The inputs of a resource's method.</summary>
public abstract class CallArgs : InputArgs;
