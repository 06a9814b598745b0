using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;
using Infra.Operations.Up;

namespace Infra.Operations.Setup;

/// <summary>Checks everything that the other commands need; exits with 1 when something is missing.</summary>
public sealed class Doctor(Session session)
{
    private bool isWell = true;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var info = await EngineInfo.ProbeAsync(session.Shell, cancellationToken);
        Report(info.Client is not null, "docker client", info.Client ?? "missing");
        Report(
            info.Server is not null && info.Api >= EngineInfo.LeastApi,
            "docker engine",
            info.Server is null ? "no answer" : $"{info.Server} (API {info.Api})"
        );
        Report(info.ComposeIsReady, "docker compose", info.Compose ?? "missing");
        if (info.Opening is { } opening) session.Out.WriteLine($"  --  docker engine: {opening}");
        foreach (var problem in info.Problems()) session.Out.WriteLine($"      {problem}");
        await ReportBuilderAsync(cancellationToken);
        await ReportPulumiAsync(cancellationToken);
        var isPublished = typeof(Pulumi.Deployment).Assembly.GetName().Version?.Major >= 3;
        session.Out.WriteLine(
            $"  ok  compiled against {(isPublished ? "the published Pulumi packages" : "the offline stand-in for Pulumi (offline/)")}"
        );
        session.Out.WriteLine($"  ok  .NET {Environment.Version}");
        foreach (var stack in session.Workspace.Stacks) await ReportStackAsync(stack, info, cancellationToken);
        return isWell ? 0 : UserErrorException.FailedCode;
    }

    private async Task ReportBuilderAsync(CancellationToken cancellationToken)
    {
        var builder = await AskAsync(Docker.Program, ["buildx", "version"], cancellationToken);
        session.Out.WriteLine(builder is { Succeeded: true }
            ? $"  ok  docker buildx: {builder.Output.Trim()}"
            : "  --  docker buildx: missing. Images with cache mounts need it: install your system's package for it.");
    }

    private async Task ReportPulumiAsync(CancellationToken cancellationToken)
    {
        var version = await AskAsync(PulumiCli.Program, ["version"], cancellationToken);
        session.Out.WriteLine(version is { Succeeded: true }
            ? $"  ok  pulumi {version.Output.Trim()}"
            : "  --  pulumi: not there. Only '--engine pulumi' needs it; Compose does the rest.");
    }

    private async Task<ShellResult?> AskAsync(string program, string[] arguments, CancellationToken cancellationToken)
        => session.Shell.Find(program) is null ? null : await session.Shell.RunAsync(program, arguments, cancellationToken);

    private async Task ReportStackAsync(string stack, EngineInfo info, CancellationToken cancellationToken)
    {
        try
        {
            var context = await StackLoader.LoadAsync(session.Workspace, stack);
            var errors = context.Findings.Count(finding => finding.Severity == Severity.Error);
            Report(
                errors == 0,
                $"stack {stack}",
                errors == 0
                    ? $"{Counted.Of(context.Topology.Services.Length, "service")}, no errors"
                    : $"{Counted.Of(errors, "error")}: see './infra.sh check {stack}'"
            );
            var existing = info.Server is null ? [] : await session.Docker.ContainersAsync(context.Naming, cancellationToken);
            if (existing.IsEmpty)
                await ReportPortsAsync(context, cancellationToken);
            else
                session.Out.WriteLine(
                    $"      up: {existing.Count(container => container.IsWell)} of {Counted.Of(existing.Length, "container")} healthy."
                );
        }
        catch (UserErrorException error)
        {
            Report(false, $"stack {stack}", error.Message);
        }
    }

    private async Task ReportPortsAsync(StackContext stack, CancellationToken cancellationToken)
    {
        try
        {
            await new PortCheck(session.Shell).RequireAsync(stack, [], cancellationToken);
        }
        catch (UserErrorException error)
        {
            foreach (var line in error.Message.Split('\n')) session.Out.WriteLine($"      {line}");
        }
    }

    private void Report(bool ok, string what, string found)
    {
        isWell &= ok;
        session.Out.WriteLine($"  {(ok ? "ok" : "!!")}  {what}: {found}");
    }
}
