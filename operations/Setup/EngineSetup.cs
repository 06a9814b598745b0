using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Targets;

namespace Infra.Operations.Setup;

/// <summary>Sees that an engine answers: installs one on a fresh Debian or Ubuntu as root, starts one that is there, or says what to do.</summary>
public sealed class EngineSetup(Session session)
{
    private const string ReleaseFile = "/etc/os-release";
    private const string ImageMaker = "mmdebstrap";
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    /// <exception cref="UserErrorException">There is no engine, and none could be had.</exception>
    public async Task EnsureAsync(bool yes, CancellationToken cancellationToken)
    {
        var info = await EngineInfo.ProbeAsync(session.Shell, cancellationToken);
        if (info.IsReady) return;
        if (info.IsClosed || await IsElsewhereAsync(info, cancellationToken)) info.Require();
        if (session.Shell.Find("dockerd") is null || info.Compose is null || !info.ComposeIsReady)
        {
            await InstallAsync([.. info.Problems()], hasMirrorMaker: true, needsEngine: true, yes, cancellationToken);
            info = await EngineInfo.ProbeAsync(session.Shell, cancellationToken);
        }

        if (info.Server is null && IsRoot)
        {
            await StartAsync(cancellationToken);
            info = await EngineInfo.ProbeAsync(session.Shell, cancellationToken);
        }

        info.Require();
    }

    /// <summary>Sees that a base image can be made from Debian's packages.</summary>
    /// <exception cref="UserErrorException">The program for it is missing, and could not be had.</exception>
    public async Task EnsureImageMakerAsync(bool yes, CancellationToken cancellationToken)
    {
        if (session.Shell.Find(ImageMaker) is not null)
            return;
        if ((await session.Docker.RunAsync(["image", "inspect", DebianTag.Base], cancellationToken)).Succeeded)
            return;
        await InstallAsync(
            [$"{ImageMaker}: It is missing, and the base of images from Debian's packages is made with it."],
            hasMirrorMaker: false,
            needsEngine: false,
            yes,
            cancellationToken
        );
    }

    private static string Suite => Environment.GetEnvironmentVariable("INFRA_DEBIAN_SUITE") is { Length: > 0 } suite ? suite : SetupPlan.DefaultSuite;

    private static bool IsRoot => OperatingSystem.IsLinux() && Environment.UserName == "root";

    // Somebody chose an engine elsewhere, by a variable or a context: nothing is to be installed here for it.
    private async Task<bool> IsElsewhereAsync(EngineInfo info, CancellationToken cancellationToken) =>
        Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("DOCKER_CONTEXT") is { Length: > 0 }
        || (
            info.Client is not null
            && await EngineAddress.OfClientAsync(session.Docker, cancellationToken) is { } address
            && address != EngineAddress.Usual
        );

    private async Task InstallAsync(string[] problems, bool hasMirrorMaker, bool needsEngine, bool yes, CancellationToken cancellationToken)
    {
        var plan = File.Exists(ReleaseFile)
            ? SetupPlan.For(SetupPlan.ReadRelease(File.ReadLines(ReleaseFile)), hasMirrorMaker, needsEngine, Suite)
            : null;
        if (plan is null || !IsRoot) throw UserErrorException.BadInput([.. problems, .. Instructions(plan)]);
        foreach (var problem in problems) session.Error.WriteLine(problem);
        session.Error.WriteLine("To be installed:");
        foreach (var step in plan.Steps)
            session.Error.WriteLine($"  {step.What}");
        if (!yes && !Terminal.Ask(session.Out, "Continue?"))
            throw UserErrorException.Failed(
                Terminal.IsThere ? "Nothing was installed." : "Nothing was installed: there is no terminal to ask on. Confirm it with --yes."
            );
        foreach (var step in plan.Steps)
        {
            session.Error.WriteLine($"{step.What} …");
            var result = await session.Shell.RunAsync("sh", ["-c", step.Command], cancellationToken);
            if (!result.Succeeded)
                throw UserErrorException.Failed($"setup: '{step.Command}' failed: {result.Reason} Fix that, and run the same command again.");
        }
    }

    private static IEnumerable<string> Instructions(SetupPlan? plan) =>
        plan is null
            ?
            [
                "Install Docker Engine 25 or later with Compose 2.26 or later (or what else is missing) with your system's package manager, "
                    + "and run the same command again.",
            ]
            : ["As root, these commands install what is missing:", .. plan.Steps.Select(step => "  " + step.Command)];

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        session.Error.WriteLine("Starting the engine …");
        // With systemd its unit is right; elsewhere the engine is started by hand and outlives this command.
        var command = Directory.Exists("/run/systemd/system")
            ? "systemctl start docker"
            : "mkdir -p /var/log && setsid nohup dockerd >/var/log/dockerd.log 2>&1 </dev/null &";
        await session.Shell.RunAsync("sh", ["-c", command], cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartPatience);
        while (!(await session.Shell.RunAsync(Docker.Program, ["info"], cancellationToken)).Succeeded)
        {
            if (patience.IsCancellationRequested)
                throw UserErrorException.Failed(
                    $"dockerd: It did not answer within {StartPatience.TotalSeconds:0} s. "
                        + "Its log is in /var/log/dockerd.log, or in 'journalctl -u docker'."
                );
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }
}
