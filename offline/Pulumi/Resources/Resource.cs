namespace Pulumi;

/// <summary>Anything a program registers.</summary>
public class Resource
{
    private readonly string _type;
    private readonly string _name;
    private readonly List<Resource> _children = [];
    private readonly List<ResourceTransformation> _transformations;

    private protected Resource(string type, string name, ResourceArgs? args, ResourceOptions options, bool remote = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var run = MockRun.Required;
        _type = type;
        _name = name;

        Container = options.Parent ?? run.Stack;
        _transformations = [.. options.ResourceTransformations, .. Container?._transformations ?? []];
        foreach (var transformation in _transformations)
        {
            if (transformation(new(this, args ?? ResourceArgs.None, options)) is { } result)
                (args, options) = (result.Args, result.Options);
        }

        options.Protect ??= Container?.Protect;
        Protect = options.Protect;
        Providers = ProviderMap.Of(this, options, Container);
        Container?.Adopt(this);

        Outputs = ResourceOutputs.For(this, remote);
        Urn = Outputs.Urn;
        if (this is Stack stack)
            run.RegisterRoot(stack);
        else
            run.Register(this, args ?? ResourceArgs.None, options);
    }

    [Output("urn")]
    public Output<string> Urn { get; private protected set; }

    internal ResourceOutputs Outputs { get; }

    /// <summary>The resource's parent; the stack has none.</summary>
    internal Resource? Container { get; }

    internal ProviderMap Providers { get; }

    private bool? Protect { get; }

    public string GetResourceType() => _type;

    public string GetResourceName() => _name;

    internal Resource[] Children()
    {
        lock (_children)
            return _children.ToArray();
    }

    internal bool IsAbove(Resource other)
    {
        for (var above = other; above is not null; above = above.Container)
        {
            if (above == this)
                return true;
        }

        return false;
    }

    private void Adopt(Resource child)
    {
        lock (_children)
            _children.Add(child);
    }
}
