using System.Collections.Immutable;
using Pulumi;

namespace Infra.Tests.Sdk;

/// <summary>A custom resource of the same form as a generated one.</summary>
internal sealed class Thing(string name, ThingArgs? args = null, CustomResourceOptions? options = null)
    : CustomResource(Token, name, args ?? new ThingArgs { Name = name }, options)
{
    public const string Token = "sample:index/thing:Thing";

    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    [Output("isOn")]
    public Output<bool?> IsOn { get; private set; } = null!;

    [Output("size")]
    public Output<int?> Size { get; private set; } = null!;

    [Output("port")]
    public Output<int> Port { get; private set; } = null!;

    [Output("ratio")]
    public Output<double?> Ratio { get; private set; } = null!;

    [Output("tags")]
    public Output<ImmutableArray<string>> Tags { get; private set; } = null!;

    [Output("labels")]
    public Output<ImmutableDictionary<string, string>?> Labels { get; private set; } = null!;

    [Output("parts")]
    public Output<ImmutableArray<ThingPart>> Parts { get; private set; } = null!;
}

internal sealed class ThingArgs : ResourceArgs
{
    [Input("labels")]
    private InputMap<string>? _labels;

    [Input("parts")]
    private InputList<ThingPartArgs>? _parts;

    [Input("tags")]
    private InputList<string>? _tags;

    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("isOn")]
    public Input<bool>? IsOn { get; set; }

    [Input("size")]
    public Input<int>? Size { get; set; }

    [Input("ratio")]
    public Input<double>? Ratio { get; set; }

    public InputMap<string> Labels { get => _labels ??= new InputMap<string>(); set => _labels = value; }

    public InputList<ThingPartArgs> Parts { get => _parts ??= new InputList<ThingPartArgs>(); set => _parts = value; }

    public InputList<string> Tags { get => _tags ??= new InputList<string>(); set => _tags = value; }
}

internal sealed class ThingPartArgs : ResourceArgs
{
    [Input("label", required: true)]
    public Input<string> Label { get; set; } = null!;

    [Input("weight")]
    public Input<int>? Weight { get; set; }
}

[OutputType]
internal sealed class ThingPart
{
    public readonly string Label;
    public readonly int? Weight;

    [OutputConstructor]
    private ThingPart(string label, int? weight)
    {
        Label = label;
        Weight = weight;
    }
}
