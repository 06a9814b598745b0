namespace Pulumi;

/// <summary>A resource's hooks. None can be made here: only an engine would run them.</summary>
public class ResourceHookBinding;
