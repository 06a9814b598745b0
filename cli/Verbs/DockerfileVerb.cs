using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Components.Dockerfiles;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Verbs;

internal static class DockerfileVerb
{
    private static readonly Option<bool> Write = new("--write")
    {
        Description = "Write it, and a .dockerignore, into the application's folder; files that are there stay.",
    };

    public static Command Make(Session session)
    {
        var verb = new Command("dockerfile", "Writes a Dockerfile for an application that has none, from infra:app.build.")
        {
            Arguments.Stack,
            Write,
        };
        verb.SetAction(
            (parsed, _) =>
            {
                var (settings, _) = StackLoader.Read(session.Workspace, parsed.GetRequiredValue(Arguments.Stack));
                var options = BuildSettings.OptionsOf(settings);
                var file = Text(options);
                if (parsed.GetValue(Write))
                    WriteBoth(session, settings, file, options);
                else
                    session.Out.Write(file);
                return Task.FromResult(0);
            }
        );
        return verb;
    }

    private static string Text(DockerfileOptions options)
    {
        try
        {
            return DockerfileWriter.Write(options);
        }
        catch (ArgumentException error)
        {
            throw UserErrorException.BadInput($"infra:app.build: {error.Message}");
        }
    }

    private static void WriteBoth(Session session, Settings settings, string file, DockerfileOptions options)
    {
        var context = session.Workspace.Absolute(settings.App.Image.Context);
        var dockerfile = Path.Combine(context, settings.App.Image.Dockerfile);
        // An image of one service leaves out the others: its list cannot be the whole folder's.
        var ignore = options.Service is null ? Path.Combine(context, ".dockerignore") : dockerfile + ".dockerignore";
        (string Path, string Text)[] both = [(dockerfile, file), (ignore, DockerignoreWriter.Write(options))];
        var missing = both.Where(each => !File.Exists(each.Path)).ToArray();
        if (missing.Length == 0)
            throw UserErrorException.BadInput(
                both.Select(each =>
                    $"{each.Path}: It is there already, and nothing was written. Move it away first, or read './infra.sh dockerfile' without --write."
                )
            );
        foreach (var (path, text) in missing)
            session.Write(text, path);
        session.Out.WriteLine($"Wrote {string.Join(" and ", missing.Select(each => each.Path))}.");
        foreach (var (path, _) in both.Except(missing))
            session.Out.WriteLine($"{path} stays as it is.");
    }
}
