using System.CommandLine;
using System.CommandLine.Parsing;
using Infra.Cli.Invocation;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Maintenance;
using Infra.Operations.Project;
using Infra.Operations.Releases;
using Infra.Operations.Statuses;

namespace Infra.Cli.Verbs;

internal static class StatusVerb
{
    private static readonly Option<bool> Why = new("--why")
    {
        Description = "For each service that is not healthy, the last output of its probe and its log.",
    };
    private static readonly Option<bool> Dependencies = new("--deps")
    {
        Description = "Try, from where each service runs, whether what it waits for answers; exits with 1 when one does not.",
    };
    private static readonly Option<bool> Routes = new("--routes")
    {
        Description = "Try every route of each site of the proxy from outside, as a user would; exits with 1 when one does not answer.",
    };
    private static readonly Option<bool> Sizes = new("--sizes") { Description = "Show how large the stack's images are instead." };
    private static readonly Option<bool>[] Kinds = [Why, Dependencies, Routes, Sizes];

    public static Command Make(Session session)
    {
        var verb = new Command("status", "Shows the health, ports and memory of each service; exits with 1 when one is not healthy.")
        {
            Arguments.Stack,
            Why,
            Dependencies,
            Routes,
            Sizes,
            Arguments.Project,
        };
        verb.Validators.Add(RequireOne);
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                (await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Require();
                if (!File.Exists(session.Workspace.Settings(parsed.GetRequiredValue(Arguments.Stack))))
                    return await ShowWithoutSettingsAsync(session, parsed, cancellationToken);
                var stack = await session.LoadAsync(parsed);
                if (parsed.GetValue(Dependencies))
                    return await TryDependenciesAsync(session, stack, cancellationToken);
                if (parsed.GetValue(Routes))
                    return await TryRoutesAsync(session, stack, cancellationToken);
                if (parsed.GetValue(Sizes))
                {
                    await ImageSizes.WriteAsync(session.Docker, stack, session.Console, cancellationToken);
                    return 0;
                }

                var release = ReleaseAsync(session, stack, cancellationToken);
                var maintenance = MaintenanceAsync(session, stack, cancellationToken);
                var rows = await StatusReport.GatherAsync(session.Docker, stack.Topology, cancellationToken);
                StatusReport.Write(rows, session.Console);
                if (await release is { } line)
                    session.Out.WriteLine(line);
                foreach (var closed in await maintenance)
                    session.Out.WriteLine(closed);
                if (parsed.GetValue(Why))
                    await ExplainAsync(session, stack, cancellationToken);
                return rows.All(row => row.IsWell) ? 0 : UserErrorException.FailedCode;
            }
        );
        return verb;
    }

    // By the labels of the existing containers; what should run is not known.
    private static async Task<int> ShowWithoutSettingsAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var naming = await session.NamingAsync(parsed, cancellationToken);
        StatusReport.Write(await StatusReport.GatherAsync(session.Docker, new Topology(naming, []), cancellationToken), session.Console);
        throw UserErrorException.Failed(
            $"{Workspace.SettingsName(naming.Stack)}: The file is gone, so this is what the engine has, not what should run."
        );
    }

    private static async Task<string?> ReleaseAsync(Session session, StackContext stack, CancellationToken cancellationToken) =>
        await new StackReleases(session, stack).RolledBackAsync(
            stack.HasReleases ? await session.Docker.ContainersAsync(stack.Naming, cancellationToken) : [],
            $"'./infra.sh up {stack.Name}' deploys what is in the tree.",
            cancellationToken
        );

    private static async Task<IEnumerable<string>> MaintenanceAsync(Session session, StackContext stack, CancellationToken cancellationToken)
    {
        if (MaintenanceSwitch.Front(stack.Topology) is null) return [];
        var existing = await session.Docker.ContainersAsync(stack.Naming, cancellationToken);
        return MaintenanceSites.Lines(stack, await MaintenanceSwitch.LookAsync(session.Shell, stack.Topology, existing, cancellationToken));
    }

    private static void RequireOne(CommandResult result)
    {
        var given = Kinds.Where(result.GetValue).Select(option => option.Name).ToArray();
        if (given.Length > 1)
            result.AddError($"{string.Join(" and ", given)} are separate reports. Ask for one at a time.");
    }

    private static async Task<int> TryDependenciesAsync(Session session, StackContext stack, CancellationToken cancellationToken)
    {
        var results = await DependencyTest.RunAsync(session.Shell, stack, cancellationToken);
        DependencyTest.Write(results, session.Console);
        return results.All(result => result.IsReached) ? 0 : UserErrorException.FailedCode;
    }

    private static async Task<int> TryRoutesAsync(Session session, StackContext stack, CancellationToken cancellationToken)
    {
        var answers = await RouteTest.RunAsync(session.Shell, stack, cancellationToken);
        RouteTest.Write(answers, session.Console);
        return answers.All(answer => answer.IsWell) ? 0 : UserErrorException.FailedCode;
    }

    private static async Task ExplainAsync(Session session, StackContext stack, CancellationToken cancellationToken)
    {
        foreach (var container in (await session.Docker.ContainersAsync(stack.Naming, cancellationToken)).Where(container => !container.IsWell))
            foreach (var line in await FailureReport.OfAsync(session.Docker, stack.Topology, container, cancellationToken))
                session.Out.WriteLine(line);
    }
}
