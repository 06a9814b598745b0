using Infra.Model;
using Infra.Operations.Foundation;

namespace Infra.Operations.Rotation;

/// <summary>The value that a user gives a secret: from a file or the input, never from the command line.</summary>
public static class NewValue
{
    /// <summary>The file's name that means the input.</summary>
    public const string Input = "-";

    /// <exception cref="UserErrorException">It cannot be read, or cannot be a value of this secret.</exception>
    public static SecretValue Read(Topology topology, Secret secret, string file)
    {
        var forms = topology.FormsOf(secret);
        var value = (file == Input ? FromInput() : FromFile(file)).Taken(forms);
        return value.Problem(forms) is { } wrong
            ? throw UserErrorException.BadInput($"--value-from: {Called(file)} cannot be the value of {secret.Name}: {wrong.What} {wrong.Do}")
            : value;
    }

    /// <summary>Whether it is the password of one of the stack's services, so that any value will do.</summary>
    public static bool IsPassword(Topology topology, Secret secret) => topology.Services.Any(service => service.Endpoint?.Password == secret);

    private static string Called(string file) => file == Input ? "Standard input" : file;

    private static SecretValue FromInput()
    {
        using var bytes = new MemoryStream();
        using var input = Console.OpenStandardInput();
        input.CopyTo(bytes);
        return new SecretValue(bytes.ToArray());
    }

    private static SecretValue FromFile(string file)
    {
        try
        {
            return new SecretValue(File.ReadAllBytes(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UserErrorException.BadInput($"--value-from: {file} cannot be read: {error.Message}");
        }
    }
}
