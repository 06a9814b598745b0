using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Builds;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Running;
using Infra.Stacks.Configuration;

namespace Infra.Operations.PulumiEngine;

/// <summary>Calls Pulumi's own command line, with a backend and a passphrase of this machine where none is chosen.</summary>
public static class PulumiCli
{
    public static async Task<int> UpAsync(Session session, StackContext stack, CancellationToken cancel)
    {
        var standing = await session.Docker.ContainersAsync(stack.Naming, cancel);
        await OtherEngine.RequireNoneAsync(session.Docker, stack.Naming, EngineChoice.Pulumi, standing, cancel);
        var written = new WrittenVolumes(session.Docker, stack.Topology);
        await written.RequireSameWriterAsync(cancel);
        await written.RequireSameMajorAsync(cancel);
        await BrokerUpgrade.RequireAsync(session.Docker, stack.Topology, cancel);
        await EnterAsync(session, stack.Name, cancel);
        foreach (var sentence in await new Interrupted(session.Shell, session.Workspace.Root).ClearAsync(stack.Naming, null, cancel)) await session.Error.WriteLineAsync(sentence);
        ImageMemory.Remember(session.Workspace, stack.Name, stack.Images);
        using (var view = UpView.Make(session.Error))
            await new LoggedBuild(session.Workspace, session.Shell, view).DebianBaseAsync(stack.Naming, stack.Topology.Builds, cancel);
        var code = await RunAsync(session, ["up", "--stack", stack.Name, "--yes"], cancel);
        if (code != 0) await TellWhyAsync(session, stack, cancel);
        return code;
    }

    public static async Task<int> DownAsync(Session session, string stack, Naming naming, bool volumes, CancellationToken cancel)
    {
        await EnterAsync(session, stack, cancel);
        var code = await RunAsync(session, ["destroy", "--stack", stack, "--yes"], cancel);
        if (code == 0 && volumes) await DownCommand.RemoveVolumesAsync(session.Docker, naming, session.Out, cancel);
        return code;
    }

    /// <summary>The secret's key in a stack's configuration.</summary>
    public static string KeyOf(Secret secret) => $"{SettingsSource.Namespace}:{secret.Name}";

    /// <summary>What its client says of the secret's value in the stack's configuration, deciphered.</summary>
    public static Task<ShellResult> ConfiguredAsync(IShell shell, string stack, Secret secret, CancellationToken cancel)
        => shell.RunAsync(EngineChoice.Pulumi, ["config", "get", KeyOf(secret), "--stack", stack], cancel);

    /// <summary>The value in such an answer, which ends in a line break of the client's own.</summary>
    public static SecretValue ValueOf(ShellResult answer) => answer.Output.EndsWith('\n') ? answer.Output[..^1] : answer.Output;

    /// <summary>Sees that its client has a backend, knows the stack, and will change the engine that is looked at.</summary>
    /// <exception cref="CliException">The stack cannot be selected.</exception>
    public static async Task EnterAsync(Session session, string stack, CancellationToken cancel)
    {
        // Pulumi runs our program, which would find the stack locked.
        if (session.HeldLock is { } held) Environment.SetEnvironmentVariable(StackLocks.HeldVariable, held);
        await AgreeOnEngineAsync(session, cancel);
        await EnsureStackAsync(session, stack, cancel);
    }

    // The provider knows no Docker contexts: it would change another engine than the one that was just looked at.
    private static async Task AgreeOnEngineAsync(Session session, CancellationToken cancel)
    {
        if (await EngineAddress.OfClientAsync(session.Docker, cancel) is { Length: > 0 } address && address != EngineAddress.Usual)
            Environment.SetEnvironmentVariable("DOCKER_HOST", address);
    }

    // The user's own login is never changed: a backend in the environment holds for this call alone.
    private static async Task EnsureStackAsync(Session session, string stack, CancellationToken cancel)
    {
        if ((await session.Shell.RunAsync(EngineChoice.Pulumi, ["whoami"], cancel)).Succeeded == false
            && Environment.GetEnvironmentVariable("PULUMI_BACKEND_URL") is null)
        {
            var folder = Directory.CreateDirectory(Path.Combine(session.Workspace.Root, ".infra", "pulumi")).FullName;
            Environment.SetEnvironmentVariable("PULUMI_BACKEND_URL", "file://" + folder);
            session.Error.WriteLine($"No Pulumi backend is chosen: the state is kept in {folder}.");
        }

        var selected = await session.Shell.RunAsync(EngineChoice.Pulumi, ["stack", "select", stack, "--create", "--non-interactive"], cancel);
        if (!selected.Succeeded)
            throw CliException.Failure($"pulumi: The stack '{stack}' cannot be selected: {selected.Reason} With a local backend, set PULUMI_CONFIG_PASSPHRASE.");
    }

    // Of a container that did not become healthy its provider tells neither the probe's words nor the log's.
    private static async Task TellWhyAsync(Session session, StackContext stack, CancellationToken cancel)
    {
        var standing = await session.Docker.ContainersAsync(stack.Naming, cancel);
        foreach (var failed in standing.Where(container => !container.IsWell && container.Status != "created"))
            foreach (var line in await FailureReport.OfAsync(session.Docker, stack.Topology, failed, cancel)) await session.Error.WriteLineAsync(line);
    }

    // Pulumi has said itself what went wrong; its own exit codes are not ours.
    private static async Task<int> RunAsync(Session session, ImmutableArray<string> words, CancellationToken cancel)
        => await session.Shell.AttachAsync(EngineChoice.Pulumi, [.. words, "--cwd", session.Workspace.Root], cancel) == 0 ? 0 : CliException.Failed;
}
