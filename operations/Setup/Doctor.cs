using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Operations.Running;
using Infra.Operations.Up;

namespace Infra.Operations.Setup;

/// <summary>Looks at everything that the other verbs need; ends with 1 when something stands in the way.</summary>
public sealed class Doctor(Session session)
{
    private bool isWell = true;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var info = await EngineInfo.ProbeAsync(session.Shell, cancel);
        Say(info.Client is not null, "docker client", info.Client ?? "missing");
        Say(info.Server is not null && info.Api >= EngineInfo.LeastApi, "docker engine", info.Server is null ? "no answer" : $"{info.Server} (API {info.Api})");
        Say(info.ComposeIsReady, "docker compose", info.Compose ?? "missing");
        if (info.Opening is { } opening) session.Out.WriteLine($"  --  docker engine: {opening}");
        foreach (var problem in info.Problems()) session.Out.WriteLine($"      {problem}");
        await SayBuilderAsync(cancel);
        await SayPulumiAsync(cancel);
        session.Out.WriteLine($"  ok  compiled against {(typeof(Pulumi.Deployment).Assembly.GetName().Version?.Major >= 3 ? "the published Pulumi packages" : "the offline stand-in for Pulumi (offline/)")}");
        session.Out.WriteLine($"  ok  .NET {Environment.Version}");
        foreach (var stack in session.Workspace.Stacks) await SayStackAsync(stack, info, cancel);
        return isWell ? 0 : CliException.Failed;
    }

    private async Task SayBuilderAsync(CancellationToken cancel)
    {
        var builder = await AskAsync(Docker.Program, ["buildx", "version"], cancel);
        session.Out.WriteLine(builder is { Succeeded: true }
            ? $"  ok  docker buildx: {builder.Output.Trim()}"
            : "  --  docker buildx: missing. Images with cache mounts need it: install your system's package for it.");
    }

    private async Task SayPulumiAsync(CancellationToken cancel)
    {
        var version = await AskAsync(EngineChoice.Pulumi, ["version"], cancel);
        session.Out.WriteLine(version is { Succeeded: true }
            ? $"  ok  pulumi {version.Output.Trim()}"
            : "  --  pulumi: not there. Only '--engine pulumi' needs it; Compose does the rest.");
    }

    private async Task<ShellResult?> AskAsync(string program, string[] words, CancellationToken cancel)
        => session.Shell.Find(program) is null ? null : await session.Shell.RunAsync(program, words, cancel);

    private async Task SayStackAsync(string stack, EngineInfo info, CancellationToken cancel)
    {
        try
        {
            var context = await StackLoader.LoadAsync(session.Workspace, stack);
            var errors = context.Findings.Count(finding => finding.Severity == Severity.Error);
            Say(errors == 0, $"stack {stack}", errors == 0 ? $"{Counted.Of(context.Topology.Services.Length, "service")}, sound" : $"{Counted.Of(errors, "error")}: see './infra.sh check {stack}'");
            var standing = info.Server is null ? [] : await session.Docker.ContainersAsync(context.Naming, cancel);
            if (standing.IsEmpty) await SayPortsAsync(context, cancel);
            else session.Out.WriteLine($"      up: {standing.Count(container => container.IsWell)} of {Counted.Of(standing.Length, "container")} well.");
        }
        catch (CliException error)
        {
            Say(false, $"stack {stack}", error.Message);
        }
    }

    private async Task SayPortsAsync(StackContext stack, CancellationToken cancel)
    {
        try
        {
            await new PortCheck(session.Shell).RequireAsync(stack, [], cancel);
        }
        catch (CliException error)
        {
            foreach (var line in error.Message.Split('\n')) session.Out.WriteLine($"      {line}");
        }
    }

    private void Say(bool ok, string what, string found)
    {
        isWell &= ok;
        session.Out.WriteLine($"  {(ok ? "ok" : "!!")}  {what}: {found}");
    }
}
