using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Targets.Bake;

namespace Infra.Operations.Builds;

/// <summary>How images are to be built.</summary>
/// <param name="Platforms">The platforms instead of each image's own.</param>
/// <param name="Push">Whether they go to their registry, instead of to the engine.</param>
/// <param name="NoCache">Whether every layer is built without the cache.</param>
public sealed record BuildOrder(ImmutableArray<string> Platforms, bool Push, bool NoCache);

/// <summary>Builds a stack's images through <c>docker buildx bake</c>, and says what to deploy when they were pushed.</summary>
public sealed class BuildCommand(Session session)
{
    /// <summary>The stack with the image that it builds, also where it is set to run a published one; pushed where that is asked for.</summary>
    public static async Task<StackContext> OwnAsync(StackContext stack, bool push = false)
    {
        var image = stack.Settings.App.Image;
        var isPushed = image.Push || (push && image.Registry is not null);
        if (image.Published is null && isPushed == image.Push) return stack;
        var app = stack.Settings.App with { Image = image with { Published = null, Push = isPushed } };
        var settings = stack.Settings with { App = app };
        return stack with { Settings = settings, Topology = await StackFactory.GatherAsync(settings, stack.Images) };
    }

    /// <exception cref="UserErrorException">It cannot be built so.</exception>
    public async Task<int> RunAsync(StackContext loaded, BuildOrder order, CancellationToken cancellationToken)
    {
        var stack = order.Push ? loaded : ForThisEngine(loaded, order);
        await RequireAsync(stack, order, cancellationToken);
        using (var view = UpView.Make(session.Error))
            await new LoggedBuild(session.Workspace, session.Shell, view).DebianBaseAsync(stack.Naming, stack.Topology.Builds, cancellationToken);
        var targets = order.Push ? Pushed(stack).Select(image => image.Name).ToArray() : await ChangedAsync(stack, order, cancellationToken);
        if (targets.Length == 0)
        {
            session.Out.WriteLine($"{stack.Naming.Name}: Its images are built, and nothing has changed since; --no-cache rebuilds them.");
            return 0;
        }

        var folder = Directory.CreateDirectory(session.Workspace.Absolute(Workspace.StateOf(stack.Name))).FullName;
        var (file, result) = (Path.Combine(folder, "docker-bake.json"), Path.Combine(folder, "bake-result.json"));
        // The same label as of `up`: what was built here is not built again there.
        File.WriteAllText(
            file,
            BakeWriter.Write(
                stack.Topology,
                order.Platforms,
                image => [(Labels.Context, BuildContext.Hash(session.Workspace.Root, For(image, order.Platforms)))]
            )
        );
        File.Delete(result);
        string[] arguments =
        [
            "--file",
            file,
            order.Push ? "--push" : "--load",
            .. order.NoCache ? new[] { "--no-cache" } : [],
            "--metadata-file",
            result,
            "--progress",
            "plain",
            .. await AllowanceAsync(stack, cancellationToken),
            .. targets,
        ];
        var logs = BuildLogs.FolderOf(stack.Name);
        if (await RunBuilderAsync(stack, ["buildx", "bake", .. arguments], logs, cancellationToken) != 0)
            throw UserErrorException.Failed($"{stack.Naming.Name}: The build failed; its last lines say why. The log of each image is in {logs}.");
        session.Out.WriteLine($"{stack.Naming.Name}: built. The log of each image is in {logs}.");
        if (order.Push) Report(stack, result);
        return 0;
    }

    private async Task<int> RunBuilderAsync(StackContext stack, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        using var logs = new BuildLogs(session.Workspace.Absolute(folder), stack.Topology.Builds.Select(image => image.Name));
        return await session.Shell.RunWithOutputAsync(Docker.Program, arguments, line =>
        {
            session.Error.WriteLine(line);
            logs.Take(line);
        }, cancellationToken);
    }

    // Before 0.17 the plugin has no such option, and needs none.
    private async Task<string[]> AllowanceAsync(StackContext stack, CancellationToken cancellationToken)
        => stack.Topology.Builds.Any(image => image.Network == "host")
            && (await session.Docker.RunAsync(["buildx", "bake", "--help"], cancellationToken)).Output.Contains("--allow ", StringComparison.Ordinal)
            ? ["--allow", "network.host"] : [];

    private async Task RequireAsync(StackContext stack, BuildOrder order, CancellationToken cancellationToken)
    {
        if (stack.Topology.Builds.IsEmpty) throw UserErrorException.BadInput($"{stack.Naming.Name}: The stack builds no image.");
        // What is pushed may be built by a builder elsewhere; all else is handed to the engine.
        if (order.Push) EngineInfo.RequireClient(session.Shell);
        else (await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Require();
        if (!(await session.Docker.RunAsync(["buildx", "version"], cancellationToken)).Succeeded)
            throw UserErrorException.BadInput(
                "docker buildx: The plugin is missing. Install it ('docker-buildx' on Debian, 'docker-buildx-plugin' from Docker)."
            );
        if (order.Push && Pushed(stack).Length == 0)
            throw UserErrorException.BadInput(
                $"{stack.Source.Where("app.registry")}: It is not set, so there is nowhere to push to. "
                    + "Set it to the image's repository, such as ghcr.io/acme/shop."
            );
        if (!order.Push && order.Platforms.Length > 1)
            throw UserErrorException.BadInput(
                $"{stack.Naming.Name}: An engine keeps an image for one platform. Push it to a registry with --push, or name one --platform."
            );
    }

    // As `up` does. The engine's own builder writes no cache to a registry, and fails where it is asked to.
    private StackContext ForThisEngine(StackContext stack, BuildOrder order)
    {
        if (order.Platforms.IsEmpty && stack.Topology.Builds.FirstOrDefault(image => image.Platforms.Length > 1) is { } several)
            session.Error.WriteLine(
                $"{stack.Naming.Name}: Built for the engine's own platform, since it keeps an image for one. "
                    + $"For {string.Join(", ", several.Platforms)} push it to a registry with --push."
            );
        var services = stack.Topology.Services.Select(service => service.Image is BuiltImage image ? service with { Image = Local(image) } : service);
        return stack with { Topology = stack.Topology with { Services = [.. services] } };
    }

    private static BuiltImage Local(BuiltImage image) => image with { Platforms = image.Platforms.Length > 1 ? [] : image.Platforms, CacheTo = [] };

    private static BuiltImage For(BuiltImage image, ImmutableArray<string> platforms) =>
        platforms.IsEmpty ? image : image with { Platforms = platforms };

    // As for `up`: built once more, also from the cache, an image may get another id, and what runs from it would be recreated.
    // Bases come along by themselves.
    private async Task<string[]> ChangedAsync(StackContext stack, BuildOrder order, CancellationToken cancellationToken)
    {
        if (order.NoCache || !order.Platforms.IsEmpty) return [.. stack.Topology.Builds.Select(image => image.Name)];
        using var view = UpView.Make(session.Error);
        return
        [
            .. (await new ImageBuilder(session.Workspace, session.Shell, session.Docker, view).StaleAsync(stack, cancellationToken))
                .Where(stale => !stale.IsBuilt)
                .Select(stale => stale.Image.Name),
        ];
    }

    private static BuiltImage[] Pushed(StackContext stack) => [.. stack.Topology.Builds.Where(image => image.Push)];

    private void Report(StackContext stack, string file)
    {
        var results = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        foreach (var image in Pushed(stack))
            if (results[image.Name]?["containerimage.digest"]?.GetValue<string>() is { } digest)
                session.Out.WriteLine($"Pushed. To deploy exactly this: pulumi config set --path infra:app.image {stack.Naming.Tag(image)}@{digest}");
    }
}
