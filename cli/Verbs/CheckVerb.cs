using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Cli.Verbs;

/// <summary><c>check</c>: a stack, or somebody's Compose files.</summary>
internal static class CheckVerb
{
    private const string Text = "text";

    private static readonly Argument<string[]> What = new("stack or files")
    {
        Description = "A stack with a Pulumi.STACK.yaml; or Compose files, merged in this order, or folders with one each.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Profiles =
        new("--profile") { Description = "Of Compose files: a profile, checked with what has none; can be given again. All by default." };

    private static readonly Option<string[]> EnvFiles =
        new("--env-file") { Description = "Of Compose files: a file of variables in place of .env; can be given again." };

    private static readonly Option<string?> WaiverFile =
        new("--waivers") { Description = "Of Compose files: the file of waivers, instead of .infra-waivers.yaml beside the first one." };

    public static Command Make(Session session)
    {
        var format = Choice.Option("--format", "text, json, sarif or markdown.", Text, "json", "sarif", "markdown");
        var least = Choice.Option("--fail-on", "What ends it with exit code 1: an error, or a warning too.", "error", "warning");
        var verb = new Command("check", "Checks a stack, or Compose files of your own, against the rules; exits with 1 when one is broken.")
        {
            What, format, least, Profiles, EnvFiles, WaiverFile, Arguments.Images, Arguments.Project,
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var asked = new CheckRequest(
                parsed.GetRequiredValue(What),
                parsed.GetRequiredValue(format),
                parsed.GetRequiredValue(least) == "warning" ? Severity.Warning : Severity.Error
            );
            return StackOf(session, asked.Arguments) is { } stack
                ? await CheckedStack.RunAsync(session, parsed, RequireStacksOptions(parsed, stack), asked)
                : await CheckedFiles.RunAsync(session, asked, FilesOptions(parsed), cancellationToken);
        });
        return verb;
    }

    // A name without a path that has settings is a stack; one that looks like nothing else is a stack that is not there.
    private static string? StackOf(Session session, string[] arguments)
    {
        var stacks = arguments.Where(argument => IsStack(session, argument)).ToArray();
        if (stacks.Length == 0) return arguments is [var alone] && IsName(alone) && !Path.Exists(alone) ? alone : null;
        return arguments.Length == 1
            ? stacks[0]
            : throw UserErrorException.BadInput(
                $"{stacks[0]}: It is a stack, and is checked by itself. Name one stack, or Compose files and folders only; ./{stacks[0]} is a folder."
            );
    }

    private static bool IsStack(Session session, string argument) => IsName(argument) && File.Exists(session.Workspace.Settings(argument));

    private static bool IsName(string argument) => argument.Length > 0 && argument.IndexOfAny(['/', '\\', '.']) < 0;

    private static string RequireStacksOptions(ParseResult parsed, string stack)
    {
        foreach (var option in (Option[])[Profiles, EnvFiles, WaiverFile])
            if (parsed.GetResult(option) is { Implicit: false })
                throw UserErrorException.BadInput($"{option.Name}: It is for Compose files, and '{stack}' is a stack. Leave it out.");
        return stack;
    }

    private static FilesOptions FilesOptions(ParseResult parsed)
    {
        foreach (var option in (Option[])[Arguments.Images, Arguments.Project])
            if (parsed.GetResult(option) is { Implicit: false })
                throw UserErrorException.BadInput($"{option.Name}: It is for stacks, and these are Compose files. Leave it out.");
        return new FilesOptions(parsed.GetValue(Profiles) ?? [], parsed.GetValue(EnvFiles) ?? [], parsed.GetValue(WaiverFile));
    }
}

/// <summary>What is checked, and how that is reported.</summary>
/// <param name="Arguments">A stack, or files and folders.</param>
/// <param name="Format">The format of the report.</param>
/// <param name="Least">The least severity that fails the check.</param>
internal sealed record CheckRequest(string[] Arguments, string Format, Severity Least)
{
    public static int Code(bool isFound) => isFound ? UserErrorException.FailedCode : 0;
}

/// <summary>What is asked of Compose files alone.</summary>
internal sealed record FilesOptions(string[] Profiles, string[] EnvFiles, string? Waivers);
