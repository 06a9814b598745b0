using Pulumi;

namespace Infra.Tests.Sdk;

/// <summary>A component with one thing in it.</summary>
internal sealed class Group : ComponentResource
{
    public const string Token = "sample:index:Group";

    public Group(string name, ComponentResourceOptions? options = null)
        : base(Token, name, options)
    {
        Thing = new($"{name}-thing", null, new() { Parent = this });
        Label = Output.CreateSecret($"label of {name}");
        RegisterOutputs();
    }

    public Thing Thing { get; }

    [Output("label")]
    public Output<string> Label { get; private set; }
}
