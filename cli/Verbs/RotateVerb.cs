using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Releases;
using Infra.Operations.Rotation;
using Infra.Operations.StackEngines;
using Infra.Stacks;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Verbs;

internal static class RotateVerb
{
    private const string Help = """
        Gives a secret of a running stack a new value, and recreates what uses it. If any of it fails, the old value stays in use.

          ./infra.sh rotate prod postgres-password                       a generated password
          ./infra.sh rotate prod stripe-key --value-from new-key.txt     a secret of the application's own
          openssl rand -hex 32 | tr -d '\n' | ./infra.sh rotate prod django-key --value-from -
        """;

    public static Command Make(Session session)
    {
        var name = new Argument<string>("secret")
        {
            Description = "postgres-password, redis-password, rabbitmq-password, or one of the application's own.",
        };
        var from = new Option<string?>("--value-from") { Description = "The file with the new value; '-' reads standard input.", HelpName = "file" };
        var verb = new Command("rotate", Help) { Arguments.Stack, name, from, Arguments.Wait, Arguments.Project };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var stack = await session.LoadAsync(parsed);
                var secret = Known(stack, parsed.GetRequiredValue(name));
                using var held = await session.LockAsync(parsed, stack.Naming, cancellationToken);
                var existing = await ExistingContainers.RequireAsync(session, parsed, null, cancellationToken);
                stack = await new StackReleases(session, stack).AsRunningAsync(existing, cancellationToken);
                var engine = EngineChoice.Choose(session, stack.Naming, existing, asked: null);
                await engine.EnterAsync(stack.Name, cancellationToken);
                var files = SecretFiles.For(session.Workspace.Root, stack.Name);
                var store = SecretStores.Find(session, stack, files, secret, engine.ConfiguresProduction);
                var value = parsed.GetValue(from) is { } file ? NewValue.Read(stack.Topology, secret, file) : null;
                if (value is null && files.Pending(secret) is null && !NewValue.IsPassword(stack.Topology, secret))
                    throw UserErrorException.BadInput(
                        stack.Topology.Externals.FirstOrDefault(each => each.Endpoint.Password == secret) is { } external
                            ? $"{secret.Name}: It is the password of '{external.Name}', which runs elsewhere. "
                                + "Change it there, then give it here with --value-from."
                            : $"{secret.Name}: It is a secret of the application's own, so no value is generated for it. Give one with --value-from; "
                            + $"if any will do: openssl rand -hex 32 | tr -d '\\n' | ./infra.sh rotate {stack.Name} {secret.Name} --value-from -"
                    );
                session.RequireSound(stack);
                var ups = await engine.RotationAsync(stack, secret, store, existing, cancellationToken);
                var command = new RotateCommand(session.Shell, stack, store, files, ups.RunAsync, session.Out) { UpAsSecond = ups.AsSecond };
                await command.RunAsync(secret, value, cancellationToken);
                session.Out.WriteLine($"{secret.Name}: rotated. The new value is in {store.Where(secret)}, and every service is healthy.");
                return 0;
            }
        );
        return verb;
    }

    private static Secret Known(StackContext stack, string name)
    {
        if (stack.Topology.Secrets.FirstOrDefault(secret => secret.Name == name) is { } secret) return secret;
        var names = stack.Topology.Secrets.Select(each => each.Name).ToArray();
        throw UserErrorException.BadInput(
            $"{name}: {stack.Naming.Name} has no such secret.{Nearest.Hint(name, names)} It has: {string.Join(", ", names)}."
        );
    }
}
