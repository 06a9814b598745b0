using Infra.Cli;
using Infra.Model;

namespace Infra.Rotation;

/// <summary>The value that a user gives a secret: from a file or the input, never from the command line.</summary>
public static class NewValue
{
    /// <summary>The file's name that means the input.</summary>
    public const string Input = "-";

    /// <exception cref="CliException">It cannot be read, or cannot be a value of this secret.</exception>
    public static string Read(Topology topology, Secret secret, string file)
    {
        var value = (file == Input ? Console.In.ReadToEnd() : FromFile(file)).TrimEnd('\r', '\n');
        if (value.Length == 0) throw CliException.Bad($"--value-from: There is nothing in {Called(file)}.");
        if (IsPassword(topology, secret) && value.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_')))
            throw CliException.Bad($"--value-from: {secret.Name} stands in URLs. Use letters, digits, '-' and '_' alone.");
        return value;
    }

    /// <summary>Whether it is the password of one of the stack's services, so that any value will do.</summary>
    public static bool IsPassword(Topology topology, Secret secret) => topology.Services.Any(service => service.Endpoint?.Password == secret);

    private static string Called(string file) => file == Input ? "the input" : file;

    private static string FromFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CliException.Bad($"--value-from: {file} cannot be read: {error.Message}");
        }
    }
}
