using Infra.Model;
using Infra.Operations.Foundation;

namespace Infra.Operations.Rotation;

/// <summary>Where the values of a stack's secrets are kept, as a rotation changes them.</summary>
public interface ISecretStore
{
    /// <summary>Where a person finds the value.</summary>
    string Where(Secret secret);

    /// <summary>The value that holds.</summary>
    /// <exception cref="UserErrorException">There is none, or it cannot be read.</exception>
    Task<SecretValue> ReadAsync(Secret secret, CancellationToken cancellationToken);

    /// <summary>Gives it another value, in one step.</summary>
    /// <exception cref="UserErrorException">It cannot be written; the value that held still holds.</exception>
    Task SetAsync(Secret secret, SecretValue value, CancellationToken cancellationToken);
}
