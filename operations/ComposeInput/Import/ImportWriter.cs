using System.Text;
using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Stacks;

namespace Infra.Operations.ComposeInput.Import;

/// <summary>Writes what an import has made: the secrets and files first, the settings last and in one step.</summary>
public static class ImportWriter
{
    /// <summary>Looks before anything is read whether the stack is there already.</summary>
    /// <exception cref="UserErrorException">It is, and is not to be replaced; or its name is none.</exception>
    public static void RequireFree(Workspace workspace, string stack, bool isForced)
    {
        if (stack.Length == 0 || stack[0] == '.' || !stack.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            throw UserErrorException.BadInput($"--stack: '{stack}' is not a stack's name. Write letters, digits, '-', '_' and '.': shop-dev.");
        if (!isForced && File.Exists(workspace.Settings(stack)))
            throw UserErrorException.BadInput(
                $"{Workspace.SettingsName(stack)}: The stack is there already. "
                    + "Choose another name with --stack, or replace its settings with --force."
            );
    }

    /// <summary>Writes all of it.</summary>
    /// <exception cref="UserErrorException">A secret is there with another value and is not to be replaced; nothing is written then.</exception>
    public static void Write(Workspace workspace, ImportResult result, bool isForced)
    {
        var secrets = SecretFiles.For(workspace.Root, result.Stack);
        RequireSame(secrets, result, isForced);
        foreach (var (name, value) in result.Secrets) secrets.Write(new Secret(name), new SecretValue(Encoding.UTF8.GetBytes(value)));
        foreach (var (path, content) in result.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(workspace.Absolute(path))!);
            File.WriteAllText(workspace.Absolute(path), content);
        }

        var draft = workspace.Settings(result.Stack) + ".draft";
        File.WriteAllText(draft, result.Settings);
        File.Move(draft, workspace.Settings(result.Stack), overwrite: isForced);
    }

    // The data of a running stack were made with the values that are there.
    private static void RequireSame(SecretFiles secrets, ImportResult result, bool isForced)
    {
        if (isForced) return;
        var others = result.Secrets.Where(secret => secrets.Read(new Secret(secret.Key)) is { } known
            && !known.Bytes.Span.SequenceEqual(Encoding.UTF8.GetBytes(secret.Value))).Select(secret => secret.Key).ToArray();
        if (others.Length > 0)
            throw UserErrorException.BadInput(
                $".secrets/{result.Stack}: {string.Join(", ", others)} {(others.Length == 1 ? "has" : "have")} another value there than in the file. "
                    + "Remove what is old, choose another name with --stack, or replace it with --force."
            );
    }
}
