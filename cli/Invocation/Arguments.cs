using System.CommandLine;
using Infra.Model;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Invocation;

/// <summary>The arguments and options that several commands share.</summary>
public static class Arguments
{
    public static Argument<string> Stack { get; } = new("stack") { Description = "The stack: dev, prod, or any other with a Pulumi.STACK.yaml." };

    public static Argument<string> Service { get; } =
        new("service") { Description = "The service in the stack; web.2 is the second of its containers." };

    public static Argument<string[]> Command { get; } =
        new("command") { Description = "The command and its arguments, after --.", Arity = ArgumentArity.OneOrMore };

    public static Option<string?> Project { get; } =
        new("--project") { Description = "Run under another project name than Pulumi.yaml's, beside the usual one." };

    public static Option<ImageSource> Images { get; } =
        Choice.Option<ImageSource>("--images", "Where third-party images come from: auto, registry or debian (built here from packages).");

    public static Option<string> Engine { get; } =
        Choice.Option("--engine", "What deploys the stack: auto, compose or pulumi.", ["auto", .. EngineKinds.Names]);

    public static Option<string?> Output { get; } = new("--output", "-o") { Description = "The file to write to, instead of the terminal." };

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show where an unexpected error came from.", Recursive = true };

    public static Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Answer yes to every question." };

    public static Option<bool> Wait { get; } =
        new("--wait") { Description = "Wait until another command that changes the stack has ended, instead of failing." };

    public static Option<bool> Maintenance { get; } =
        new("--maintenance")
        {
            Description = "Put the maintenance page before all sites while it changes what runs, and take it away when it has succeeded.",
        };

    /// <summary>An option that is a number from 1.</summary>
    public static Option<int> Count(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out var number) && number > 0))
                result.AddError($"{name}: '{text}' is not a number from 1.");
        });
        return option;
    }

    /// <summary>The engine that was asked for; none where it is to be found out.</summary>
    public static EngineKind? EngineOf(ParseResult parsed) => EngineKinds.Parse(parsed.GetRequiredValue(Engine));

    /// <summary>The value that was given for an option, if it was given.</summary>
    public static string? Given(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is { Implicit: false } given ? given.Tokens[^1].Value : null;
}
