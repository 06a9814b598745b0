using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Stacks;

namespace Infra.Operations.Rotation;

/// <summary>A file for each secret.</summary>
/// <param name="files">The stack's folder.</param>
/// <param name="name">What a person calls the folder.</param>
public sealed class FileStore(SecretFiles files, string name) : ISecretStore
{
    /// <inheritdoc/>
    public string Where(Secret secret) => $"{name}/{secret.Name}";

    /// <inheritdoc/>
    public Task<SecretValue> ReadAsync(Secret secret, CancellationToken cancellationToken)
    {
        if (files.Protect() is { } open) throw UserErrorException.BadInput(open);
        try
        {
            return Task.FromResult(
                files.Read(secret)
                    ?? throw UserErrorException.BadInput(
                        $"{Where(secret)}: There is no such file, so there is nothing to rotate. Write the secret's first value into it."
                    )
            );
        }
        catch (IOException unreadable)
        {
            throw UserErrorException.BadInput(unreadable.Message);
        }
    }

    /// <inheritdoc/>
    public Task SetAsync(Secret secret, SecretValue value, CancellationToken cancellationToken)
    {
        try
        {
            files.Write(secret, value);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UserErrorException.Failed($"{Where(secret)}: It cannot be written: {error.Message}");
        }

        return Task.CompletedTask;
    }
}
