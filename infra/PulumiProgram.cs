using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Backups;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Operations.PulumiEngine;
using Infra.Operations.Releases;
using Infra.Operations.Rotation;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Containers;
using Pulumi;

namespace Infra;

/// <summary>
/// What <c>pulumi up</c> runs. The stack is made twice: first under the mock engine, so that the rules have seen all of it
/// before a single resource is registered, then for real.
/// </summary>
public static class PulumiProgram
{
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);

    /// <summary>Whether the Pulumi CLI started this process.</summary>
    public static bool IsAsked => Variable("PULUMI_MONITOR") is not null || Variable("PULUMI_ENGINE") is not null;

    public static async Task<int> RunAsync()
    {
        try
        {
            var workspace = Workspace.Find();
            var (project, stack) = (Variable("PULUMI_PROJECT") ?? "project", Variable("PULUMI_STACK") ?? "stack");
            var (configuration, secretKeys) = (Variable("PULUMI_CONFIG"), Variable("PULUMI_CONFIG_SECRET_KEYS"));
            var source = PulumiConfiguration.Source(configuration, Workspace.SettingsName(stack), secretKeys, project) with { Root = workspace.Root };
            var settings = SettingsParser.Parse(source, project, stack).Rotating(Variable(PulumiRotation.Variable));
            using var held = await LockedAsync(StackLocks.OfMachine, workspace.Root, settings.Naming);
            var images = settings.Images == ImageSource.Auto ? ImageMemory.Recall(workspace, stack) ?? ImageSource.Registry : settings.Images;
            var topology = await StackFactory.GatherAsync(settings, images);
            var reviewed = new ReviewedStack(workspace, settings, source, topology)
            {
                All = await StackFactory.GatherAllAsync(settings, images, topology),
                PulumiHost = EngineAddress.OfPulumi(Variable("PULUMI_CONFIG")),
            };
            RequireKnown(reviewed);
            var shell = new BoundedShell(new Shell(workspace.Root), Answer);
            var found = await LookAsync(shell, workspace.Root, topology);
            if (!found.Errors.IsEmpty) throw UserErrorException.BadInput(found.Errors);
            found = await KeepReleaseAsync(shell, reviewed, images, found);
            var passwords = await new KnownPasswords(shell).VersionsAsync(topology, secret => PulumiConfiguration.Value(configuration, secret)
                ?? (settings.Environment == EnvironmentKind.Dev ? SecretFiles.For(workspace.Root, stack).Read(secret) : null));
            return await Deployment.RunAsync<Stack>(StackFactory.Provider(() =>
            {
                foreach (var sentence in found.Warnings) Log.Warn(sentence);
                return Make(reviewed, images, passwords);
            }));
        }
        catch (SettingsException error)
        {
            var message = string.Join('\n', [error.Message, .. (await FurtherFindings.OfAsync(error)).Select(finding => finding.ToString())]);
            Action fail = () => throw new RunException(message);
            return await Deployment.RunAsync(fail);
        }
        catch (Exception error) when (error is UserErrorException or RunException)
        {
            Action fail = () => throw new RunException(error.Message);
            return await Deployment.RunAsync(fail);
        }
    }

    // The engine is looked at for services that there are.
    private static void RequireKnown(ReviewedStack stack)
    {
        var unknown = StackReview.Find(stack, ReviewPoints.ProgramsSettings);
        if (unknown.IsEmpty) return;
        var errors = StackReview.Find(stack, ReviewPoints.Program).Where(finding => finding.Severity == Severity.Error);
        throw new SettingsException([.. unknown, .. errors]);
    }

    /// <summary>Checks what exists on the provider's engine; a preview only warns of it, and changes nothing.</summary>
    public static async Task<Preflight> LookAsync(IShell shell, string root, Topology topology)
    {
        // Docker's own client asks where the provider will, which knows no contexts.
        if (!OperatingSystem.IsWindows())
            shell.Variables["DOCKER_HOST"] = EngineAddress.OfPulumi(Variable("PULUMI_CONFIG")) ?? EngineAddress.Usual;
        if (EngineAddress.CertificatesOfPulumi(Variable("PULUMI_CONFIG")) is { } certificates)
        {
            shell.Variables["DOCKER_CERT_PATH"] = certificates;
            shell.Variables["DOCKER_TLS_VERIFY"] = "1";
        }

        var (naming, organization, isPreview) = (topology.Naming, Variable("PULUMI_ORGANIZATION"), Variable("PULUMI_DRY_RUN") == "true");
        var isPulumisAlone = EngineAddress.IsPulumisAlone(Variable("PULUMI_CONFIG"), Variable("PULUMI_CONFIG_SECRET_KEYS"));
        var found = await new PulumiPreflight(shell, root) { MayBeUnreachable = isPulumisAlone }.LookAsync(
            topology,
            organization is null ? naming.Stack : $"{organization}/{naming.Project}/{naming.Stack}",
            isPreview
        );
        if (isPreview)
            return found.ForPreview();
        return found.Errors.IsEmpty ? await EndKilledWorkAsync(shell, root, naming, found) : found;
    }

    private static async Task<Preflight> EndKilledWorkAsync(IShell shell, string root, Naming naming, Preflight found)
    {
        await using var log = new StringWriter();
        try
        {
            await new KilledWork(shell, new Workspace(root), naming, log).EndAsync("up", CancellationToken.None);
            return found with { Warnings = [.. found.Warnings, .. log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)] };
        }
        catch (UserErrorException fault)
        {
            return found with { Errors = [fault.Message] };
        }
    }

    /// <summary>
    /// Keeps what ran until now as a release: nothing of ours runs when plain <c>pulumi up</c> has ended. A preview keeps nothing, and the
    /// command line does it itself.
    /// </summary>
    public static async Task<Preflight> KeepReleaseAsync(IShell shell, ReviewedStack stack, ImageSource images, Preflight found)
    {
        if (Variable("PULUMI_DRY_RUN") == "true" || Variable(StackLocks.HeldVariable) is not null || shell.Find(Docker.Program) is null) return found;
        await using var log = new StringWriter();
        try
        {
            var session = new Session(TextWriter.Null, log, shell, stack.Workspace);
            var context = new StackContext(stack.Name, stack.Settings, stack.Source, images, stack.Topology, [], []);
            await new ReleaseRecorder(session, context, new ReleaseStore(shell, context.Naming)).AdoptAsync(
                await session.Docker.ContainersAsync(context.Naming),
                CancellationToken.None
            );
        }
        catch (UserErrorException fault)
        {
            await log.WriteLineAsync(fault.Message);
        }

        return found with { Warnings = [.. found.Warnings, .. log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)] };
    }

    /// <summary>
    /// Takes the stack's lock for the program.
    /// A preview needs none, and one that the command line holds is for its program, too.
    /// </summary>
    /// <exception cref="UserErrorException">Another command has it.</exception>
    public static async Task<IDisposable?> LockedAsync(StackLocks locks, string root, Naming naming)
    {
        if (Variable("PULUMI_DRY_RUN") == "true") return null;
        var path = locks.PathOf(EngineAddress.OfPulumi(Variable("PULUMI_CONFIG")) ?? EngineAddress.Usual, naming);
        return Variable(StackLocks.HeldVariable) == path
            ? null
            : await StackLocks.TakeAsync(path, naming, $"'pulumi up' of {naming.Stack} in {root}", isPatient: false);
    }

    private static Stack Make(ReviewedStack reviewed, ImageSource images, ImmutableDictionary<string, string> passwords)
    {
        var settings = reviewed.Settings;
        var secrets = new PulumiSecrets(settings.Environment, reviewed.Topology);
        // Asked here, because the configuration can be read inside a deployment only.
        var findings = StackReview.Find(reviewed with { PulumiSecrets = secrets }, ReviewPoints.Program);
        var errors = findings.Where(finding => finding.Severity == Severity.Error).ToArray();
        if (errors.Length > 0)
            throw new RunException($"{settings.Naming.Name} has errors:\n" + string.Join('\n', errors.Select(error => "  " + error)));
        // Pulumi says itself that it is a warning.
        foreach (var finding in Finding.Merge(findings))
            if (finding.Severity == Severity.Waived) Log.Info($"{finding}");
            else Log.Warn(finding.Text);
        var host = new ContainerHost(settings.Naming, secrets)
        {
            Attempt = settings.Attempt,
            PasswordVersion = spec => passwords.GetValueOrDefault(spec.Name),
            Content = image => image is BuiltImage built ? BuildContext.Hash(reviewed.Workspace.Root, built) : image.ToString()!,
        };
        return StackFactory.Make(host, settings, images);
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
