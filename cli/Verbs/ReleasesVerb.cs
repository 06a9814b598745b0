using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Cli.Invocation;
using Infra.Operations.Engine;
using Infra.Operations.Project;
using Infra.Operations.Releases;

namespace Infra.Cli.Verbs;

internal static class ReleasesVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Make(Session session)
    {
        var format = Choice.Option("--format", "text or json.", "text", "json");
        var verb = new Command("releases", "Lists the releases of a stack that 'rollback' can lead to, the newest first, and which one runs.")
        {
            Arguments.Stack, format, Arguments.Project,
        };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var stack = await session.LoadAsync(parsed);
                (await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Require();
                var history = await new StackReleases(session, stack).RequireAsync(cancellationToken);
                var running = history.Running(stack, await session.Docker.ContainersAsync(stack.Naming, cancellationToken));
                var newestFirst = history.Releases.Reverse().Select(release => (release, release == running)).ToArray();
                if (parsed.GetRequiredValue(format) == "json")
                    session.Out.WriteLine(new JsonArray([.. newestFirst.Select(each => Json(each.release, each.Item2))]).ToJsonString(Indented));
                else if (newestFirst.Length == 0)
                    session.Out.WriteLine(
                        $"{stack.Naming.Name}: No release is known yet. Each './infra.sh up {stack.Name}' with another image records one."
                    );
                else
                    ReleaseTable.Write(newestFirst, session.Console);
                return 0;
            }
        );
        return verb;
    }

    private static JsonObject Json(Release release, bool isRunning)
    {
        var json = release.ToJson();
        json["running"] = isRunning;
        return json;
    }
}
