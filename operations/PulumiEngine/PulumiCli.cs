using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Adoption;
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
    public const string Program = "pulumi";

    private const string Backend = "PULUMI_BACKEND_URL";

    /// <summary>Brings a stack up, from an engine and on volumes on which it can be.</summary>
    /// <param name="session">What it works with.</param>
    /// <param name="stack">What is to run.</param>
    /// <param name="beforeChanges">Runs before Pulumi does, which has not looked then whether anything is to be changed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Pulumi's exit code.</returns>
    public static async Task<int> UpAsync(
        Session session,
        StackContext stack,
        Func<CancellationToken, Task> beforeChanges,
        CancellationToken cancellationToken
    )
    {
        var existing = await session.Docker.ContainersAsync(stack.Naming, cancellationToken);
        await OtherEngine.RequireNoneAsync(session.Docker, stack.Naming, EngineKind.Pulumi, existing, cancellationToken);
        await new AdoptedVolumes(session.Docker, stack.Topology).RequireFreeAsync(cancellationToken);
        var written = new WrittenVolumes(session.Docker, stack.Topology);
        await written.RequireSameWriterAsync(cancellationToken);
        await written.RequireSameMajorAsync(cancellationToken);
        // Our program says what is good to know of them.
        await new AdoptedData(session.Docker, stack.Topology).RequireFitAsync(cancellationToken);
        await BrokerUpgrade.RequireAsync(session.Docker, stack.Topology, cancellationToken);
        await EnterAsync(session, stack.Name, cancellationToken);
        foreach (var sentence in await new PulumiLeftovers(session.Shell, session.Workspace.Root).ClearAsync(stack.Naming, null, cancellationToken))
            await session.Error.WriteLineAsync(sentence);
        ImageMemory.Remember(session.Workspace, stack.Name, stack.Images);
        using (var view = UpView.Make(session.Error))
            await new LoggedBuild(session.Workspace, session.Shell, view).DebianBaseAsync(stack.Naming, stack.Topology.Builds, cancellationToken);
        await beforeChanges(cancellationToken);
        var code = await RunAsync(session, ["up", "--stack", stack.Name, "--yes"], cancellationToken);
        if (code != 0) await ReportWhyAsync(session, stack, cancellationToken);
        return code;
    }

    public static async Task<int> DownAsync(Session session, string stack, Naming naming, bool volumes, CancellationToken cancellationToken)
    {
        await EnterAsync(session, stack, cancellationToken);
        var code = await RunAsync(session, ["destroy", "--stack", stack, "--yes"], cancellationToken);
        if (code == 0 && volumes) await DownCommand.RemoveVolumesAsync(session.Docker, naming, session.Out, cancellationToken);
        return code;
    }

    /// <summary>Puts the image that the application goes back to into the stack's configuration, where it stays until it is taken out.</summary>
    /// <exception cref="UserErrorException">It cannot be put there.</exception>
    public static async Task SetRollbackAsync(Session session, StackContext stack, CancellationToken cancellationToken)
    {
        const string Key = $"{SettingsSource.Namespace}:app.rollback";
        if (stack.Settings.App.Rollback is not { Count: 1 } images || !images.TryGetValue(AppSettings.ImageName, out var image))
            throw UserErrorException.BadInput(
                $"{stack.Naming.Name}: Under Pulumi one image goes back, by the setting {Key}, and this release has "
                    + $"{string.Join(", ", stack.Settings.App.Rollback.Keys)}. Check out its commit and bring that up."
            );
        var set = await session.Shell.RunAsync(
            Program,
            ["config", "set", "--path", Key, image.Reference, "--stack", stack.Name, "--non-interactive"],
            cancellationToken
        );
        if (!set.Succeeded)
            throw UserErrorException.Failed($"{Workspace.SettingsName(stack.Name)}: Pulumi cannot write {Key}: {set.Reason} Nothing was changed.");
        await session.Out.WriteLineAsync(
            $"{Workspace.SettingsName(stack.Name)}: {Key} is {image.Reference} now, and stays so. "
                + $"To deploy what is in the tree again: pulumi config rm --path {Key} --stack {stack.Name}"
        );
    }

    /// <summary>The secret's key in a stack's configuration.</summary>
    public static string KeyOf(Secret secret) => $"{SettingsSource.Namespace}:{secret.Name}";

    /// <summary>What its client says of the secret's value in the stack's configuration, deciphered.</summary>
    public static Task<ShellResult> ConfiguredAsync(IShell shell, string stack, Secret secret, CancellationToken cancellationToken)
        => shell.RunAsync(Program, ["config", "get", KeyOf(secret), "--stack", stack], cancellationToken);

    /// <summary>The value in such an answer, which ends in a line break of the client's own.</summary>
    public static SecretValue ValueOf(ShellResult answer) => answer.Output.EndsWith('\n') ? answer.Output[..^1] : answer.Output;

    /// <summary>Sees that its client has a backend, knows the stack, and will change the engine that is looked at.</summary>
    /// <exception cref="UserErrorException">The stack cannot be selected.</exception>
    public static async Task EnterAsync(Session session, string stack, CancellationToken cancellationToken)
    {
        // Pulumi runs our program, which would find the stack locked.
        if (session.HeldLock is { } held) session.Shell.Variables[StackLocks.HeldVariable] = held;
        await AgreeOnEngineAsync(session, cancellationToken);
        await EnsureStackAsync(session, stack, cancellationToken);
    }

    // The provider knows no Docker contexts: it would change another engine than the one that was just looked at.
    private static async Task AgreeOnEngineAsync(Session session, CancellationToken cancellationToken)
    {
        if (await EngineAddress.OfClientAsync(session.Docker, cancellationToken) is { Length: > 0 } address && address != EngineAddress.Usual)
            session.Shell.Variables["DOCKER_HOST"] = address;
    }

    // The user's own login is never changed: a backend in the environment holds for this call alone.
    private static async Task EnsureStackAsync(Session session, string stack, CancellationToken cancellationToken)
    {
        if ((await session.Shell.RunAsync(Program, ["whoami"], cancellationToken)).Succeeded == false
            && Environment.GetEnvironmentVariable(Backend) is null && !session.Shell.Variables.ContainsKey(Backend))
        {
            var folder = Directory.CreateDirectory(Path.Combine(session.Workspace.Root, ".infra", "pulumi")).FullName;
            session.Shell.Variables[Backend] = "file://" + folder;
            session.Error.WriteLine($"No Pulumi backend is chosen: the state is kept in {folder}.");
        }

        var selected = await session.Shell.RunAsync(
            Program,
            ["stack", "select", stack, "--create", "--non-interactive"],
            cancellationToken
        );
        if (!selected.Succeeded)
            throw UserErrorException.Failed(
                $"pulumi: The stack '{stack}' cannot be selected: {selected.Reason} With a local backend, set PULUMI_CONFIG_PASSPHRASE."
            );
    }

    // Of a container that did not become healthy its provider shows neither the probe's output nor the log.
    private static async Task ReportWhyAsync(Session session, StackContext stack, CancellationToken cancellationToken)
    {
        var existing = await session.Docker.ContainersAsync(stack.Naming, cancellationToken);
        foreach (var failed in existing.Where(container => !container.IsWell && container.Status != "created"))
            foreach (var line in await FailureReport.OfAsync(session.Docker, stack.Topology, failed, cancellationToken))
                await session.Error.WriteLineAsync(line);
    }

    // Pulumi has said itself what went wrong; its own exit codes are not ours.
    private static async Task<int> RunAsync(Session session, ImmutableArray<string> arguments, CancellationToken cancellationToken) =>
        await session.Shell.AttachAsync(Program, [.. arguments, "--cwd", session.Workspace.Root], cancellationToken) == 0
            ? 0
            : UserErrorException.FailedCode;
}
