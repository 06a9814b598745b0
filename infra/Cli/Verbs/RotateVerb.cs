using System.CommandLine;
using Infra.Model;
using Infra.Rotation;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Up;

namespace Infra.Cli.Verbs;

internal static class RotateVerb
{
    private const string Help = """
        Gives a secret of a running stack another value, and makes anew what uses it. If any of it fails, the old value holds.

          ./infra.sh rotate prod postgres-password                       a generated password
          ./infra.sh rotate prod stripe-key --value-from new-key.txt     a secret of the application's own
          openssl rand -hex 32 | ./infra.sh rotate prod django-key --value-from -
        """;

    public static Command Make(Session session)
    {
        var name = new Argument<string>("secret") { Description = "postgres-password, redis-password, rabbitmq-password, or one of the application's own." };
        var from = new Option<string?>("--value-from") { Description = "The file that has the new value; '-' is the input.", HelpName = "file" };
        var verb = new Command("rotate", Help) { Arguments.Stack, name, from, Arguments.Project };
        verb.SetAction(async (parsed, cancel) =>
        {
            var stack = await session.LoadAsync(parsed);
            var secret = Known(stack, parsed.GetRequiredValue(name));
            var standing = await StandingContainers.RequireAsync(session, parsed, null, cancel);
            if (standing.Any(container => container.Engine == EngineChoice.Pulumi)) throw UnderPulumi(stack, secret);
            if (stack.Source.Values.ContainsKey(secret.Name) || stack.Source.Encrypted.Contains(secret.Name))
                throw CliException.Bad($"{stack.Source.Where(secret.Name)}: The secret's value comes from the settings, which this does not write. Move it to {Workspace.SecretsOf(stack.Name)}/{secret.Name}, and remove it there.");
            var value = parsed.GetValue(from) is { } file ? NewValue.Read(stack.Topology, secret, file) : null;
            var files = SecretFiles.Of(session.Workspace.Root, stack.Name);
            if (value is null && files.Pending(secret) is null && !NewValue.IsPassword(stack.Topology, secret))
                throw CliException.Bad($"{secret.Name}: It belongs to the application, so its new value is known elsewhere. Give it with --value-from.");
            session.RequireSound(stack);
            using var view = UpView.Make(session.Out);
            var up = new UpCommand(session.Workspace, session.Shell, view, session.Error.WriteLine);
            await new RotateCommand(session.Shell, stack, files, token => up.RunAsync(stack, token), session.Out).RunAsync(secret, value, cancel);
            session.Out.WriteLine($"{secret.Name}: rotated. The new value is in {Workspace.SecretsOf(stack.Name)}/{secret.Name}, and everything is well.");
            return 0;
        });
        return verb;
    }

    private static Secret Known(StackContext stack, string name)
    {
        if (stack.Topology.Secrets.FirstOrDefault(secret => secret.Name == name) is { } secret) return secret;
        var names = stack.Topology.Secrets.Select(each => each.Name).ToArray();
        var near = Nearest.To(name, names) is { } other ? $" Did you mean '{other}'?" : "";
        throw CliException.Bad($"{name}: {stack.Naming.Name} has no such secret.{near} It has: {string.Join(", ", names)}.");
    }

    // Its state has the value, and only `pulumi up` may change what it made: a half of it done here would be undone or doubled there.
    private static CliException UnderPulumi(StackContext stack, Secret secret)
    {
        var owner = stack.Topology.Services.FirstOrDefault(service => service.PasswordChange?.Secret == secret);
        string[] first = owner is null
            ? []
            : [$"  2. tell the service, which keeps it in its data: './infra.sh exec {stack.Name} {owner.Name} -- {Told(owner)}' (it asks for the value)"];
        return CliException.Bad(
            [$"{stack.Naming.Name}: Pulumi made it, and keeps the secret in its configuration. In this order:",
             $"  1. pulumi config set --secret infra:{secret.Name} --stack {stack.Name}", .. first, $"  {first.Length + 2}. ./infra.sh up {stack.Name}"]);
    }

    private static string Told(ServiceSpec owner) => owner.Role == ServiceRole.Database
        ? $"psql -U {owner.Endpoint!.User} -d template1 -c '\\password'"
        : $"rabbitmqctl change_password {owner.Endpoint!.User}";
}
