using Infra.Model;
using Infra.Operations.Foundation;

namespace Infra.Operations.Rotation;

/// <summary>Brings a stack up while one of its secrets is being rotated, with the engine that runs it.</summary>
public interface IRotationUps
{
    /// <summary>Brings it up for the second users; unset where there are none, or what uses the secret cannot log in as them.</summary>
    Func<SecretValue, CancellationToken, Task>? AsSecond { get; }

    /// <summary>Brings it up with the secrets as they are kept.</summary>
    /// <exception cref="UserErrorException">It is not healthy.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
