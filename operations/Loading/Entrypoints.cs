using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Model.Dockerfiles;
using Infra.Operations.Project;

namespace Infra.Operations.Loading;

/// <summary>Holds an image's ENTRYPOINT to running what it is given: every service of the application is a command of its own.</summary>
internal static partial class Entrypoints
{
    private const string Rule = "DOCKERFILE-ENTRYPOINT";

    // Programs that run the command behind their own arguments.
    private static readonly FrozenSet<string> Passing = new[]
    {
        "catatonit",
        "chpst",
        "docker-init",
        "dumb-init",
        "env",
        "exec",
        "gosu",
        "init",
        "nice",
        "pdm",
        "pipenv",
        "poetry",
        "runuser",
        "s6-setuidgid",
        "setpriv",
        "su-exec",
        "tini",
        "uv",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Programs = new[]
    {
        "celery", "daphne", "django-admin", "flask", "gunicorn", "hypercorn", "python", "python3", "supervisord", "uvicorn", "uwsgi",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is wrong with it, if anything.</summary>
    public static IEnumerable<Finding> Find(Workspace workspace, BuiltImage image, DockerfileUse use)
    {
        if (use.File.Entrypoint(use.Final) is not { } entrypoint || entrypoint.Text is "[]" or "[\"\"]" or "") yield break;
        var where = string.Create(CultureInfo.InvariantCulture, $"{use.File.Path}:{entrypoint.Line}");
        var services = string.Join(", ", use.Services);
        var words = entrypoint.ExecWords;
        if (words.IsEmpty)
        {
            yield return new Finding(
                Rule,
                Severity.Error,
                where,
                $"An ENTRYPOINT that a shell reads is given no command, so {services} all run '{Visible.Beginning(entrypoint.Text)}'.",
                "Write it in exec form, as a program that runs its arguments, or let CMD say what the image runs by itself."
            );
            yield break;
        }

        var program = words[0][(words[0].LastIndexOf('/') + 1)..];
        if (Passing.Contains(program) || words.Skip(1).Any(word => Passes().IsMatch(word))) yield break;
        if (Programs.Contains(program))
            yield return new Finding(
                Rule,
                Severity.Warning,
                where,
                $"'{program}' is given the commands of {services} as its own arguments.",
                "Let CMD say what the image runs by itself, and leave ENTRYPOINT out."
            );
        else if (new ApplicationScripts(workspace, image).Find(words[^1]) is { } script && !Passes().IsMatch(script.Text))
            yield return new Finding(
                Rule,
                Severity.Error,
                where,
                $"'{script.Path}' does not run its arguments, so {services} all do what it does.",
                "End it with 'exec \"$@\"', or leave ENTRYPOINT out."
            );
    }

    // "$@", $*, $1, ${1:-web}, or Python's way of asking
    [GeneratedRegex(@"\$\{?[@*1]|\bsys\.argv\b|\bshift\b")]
    private static partial Regex Passes();
}
