using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Tests.Support;

/// <summary>Each secret's value is its name in capitals.</summary>
internal sealed class FakeSecrets : ISecretValues
{
    public static string ValueOf(Secret secret) => secret.Name.ToUpperInvariant();

    public Output<string> Get(Secret secret) => Output.CreateSecret(ValueOf(secret));
}
