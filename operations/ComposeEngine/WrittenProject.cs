using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.ComposeEngine;

/// <summary>The Compose file that the last <c>up</c> wrote, and the files that it names, for the verbs that go by it.</summary>
public static partial class WrittenProject
{
    /// <summary>Sees that Compose has what it needs to know of the running stack.</summary>
    /// <param name="workspace">The project.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="existing">Its containers.</param>
    /// <param name="verb">What goes by the file.</param>
    /// <param name="instead">What to do where Pulumi runs the stack, in a sentence.</param>
    /// <exception cref="UserErrorException">Pulumi runs the stack, or something is not there any more.</exception>
    public static void Require(Workspace workspace, StackContext stack, ImmutableArray<ContainerState> existing, string verb, string instead)
    {
        if (existing.Any(container => container.Engine == EngineKind.Pulumi))
            throw UserErrorException.BadInput($"{stack.Naming.Name}: It was deployed with Pulumi, and '{verb}' works through Compose. {instead}");
        var file = ComposeProject.FileOf(stack.Name);
        if (!File.Exists(workspace.Absolute(file))) throw Gone(file, verb, stack.Name);
        foreach (Match named in Named().Matches(File.ReadAllText(workspace.Absolute(file))))
            if (named.Groups[1].Value is var path && !Path.Exists(workspace.Absolute(path)))
                throw Gone(path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path, verb, stack.Name);
    }

    private static UserErrorException Gone(string path, string verb, string stack)
        => UserErrorException.BadInput($"{path}: The file no longer exists, and '{verb}' needs it. './infra.sh up {stack}' writes it again.");

    // The source of a config or a secret, as the writer spells it.
    [GeneratedRegex("""^    file: "?([^"\n]+?)"?$""", RegexOptions.Multiline)]
    private static partial Regex Named();
}
