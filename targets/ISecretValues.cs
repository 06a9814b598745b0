using Infra.Model;
using Pulumi;

namespace Infra.Targets;

/// <summary>Where the values of secrets come from.</summary>
public interface ISecretValues
{
    /// <summary>The value, marked as secret; unknown in a preview that comes before the value is made.</summary>
    Output<string> Get(Secret secret);
}
