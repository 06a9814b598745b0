namespace Pulumi;

/// <summary>The root of a program's resources. Its <see cref="OutputAttribute"/> properties are the program's outputs.</summary>
public class Stack : ComponentResource
{
    internal const string RootType = "pulumi:pulumi:Stack";

    public Stack(StackOptions? options = null)
        : base(RootType, MockRun.Required.RootName, ToResourceOptions(options))
    {
    }

    /// <summary>Checks the outputs, once the constructor has ended, and registers them.</summary>
    internal virtual void End()
    {
        var members = OutputMember.Of(GetType()).Where(member => member.IsPublic && !member.IsUrn).ToArray();

        var unset = members.Where(member => member.Get(this) is null).Select(member => member.PropertyName).ToArray();
        if (unset.Length > 0)
            throw RunException.OutputsHaveNoValue(unset);

        var odd = members.Where(member => !member.IsOutput).Select(member => member.PropertyName).ToArray();
        if (odd.Length > 0)
            throw RunException.OutputsHaveIncorrectType(odd);

        RegisterOutputs();
    }

    private static ComponentResourceOptions ToResourceOptions(StackOptions? options) => new()
    {
        ResourceTransformations = options?.ResourceTransformations ?? [],
        ResourceTransforms = options?.ResourceTransforms ?? [],
    };
}
