using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Operations.Rotation;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class RotateTests : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly StringWriter output = new();
    private readonly FakeShell shell = FakeShell.WithEngine().Running(FakeContainers.Container("postgres"), FakeContainers.Container("web"));
    private readonly SecretFiles files;
    private int ups;

    public RotateTests()
    {
        files = SecretFiles.For(root.Path, "dev");
        files.Write(SmallStack.Password, "old");
        shell.On("docker exec --interactive id-postgres");
    }

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task The_service_is_told_by_its_input_and_the_file_has_the_new_value()
    {
        await RotateAsync("fresh");

        shell.Inputs.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("docker exec --interactive id-postgres change", "fresh"));
        files.Read(SmallStack.Password)?.Text.Should().Be("fresh");
        files.Pending(SmallStack.Password).Should().BeNull();
        ups.Should().Be(1);
        string.Join('\n', shell.Asked).Should().NotContain("fresh");
    }

    [Fact]
    public async Task The_folder_of_a_secret_that_was_written_by_hand_is_closed_to_others()
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Path.GetDirectoryName(files.PathOf(SmallStack.Password))!;
        Modes.Set(folder, "755");
        Modes.Set(files.PathOf(SmallStack.Password), "600");

        await RotateAsync("fresh");

        (Modes.Of(folder), Modes.Of(files.PathOf(SmallStack.Password))).Should().Be(("700", "600"), "what containers read is rendered beside it");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_closed_is_refused_and_nobody_is_told()
    {
        // Nobody, not even root, changes the mode of this one.
        if (!OperatingSystem.IsLinux())
            return;

        var rotating = () =>
            new RotateCommand(shell, Stack(), new FileStore(new("/proc/self/task"), ".secrets/dev"), files, _ => Task.CompletedTask, output).RunAsync(
                SmallStack.Password,
                "fresh",
                default
            );

        (await rotating.Should().ThrowAsync<UserErrorException>())
            .Which.Message.Should()
            .StartWith("/proc/self/task: Others on this machine may enter the folder");
        shell.Inputs.Should().BeEmpty();
    }

    [Fact]
    public async Task A_service_that_refuses_leaves_the_old_value_in_force()
    {
        var answers = new Queue<ShellResult>([new ShellResult(1, "", "no: 'fresh' is weak"), new ShellResult(0, "", "")]);
        shell.On("docker exec --interactive id-postgres", answers.Dequeue);

        var rotating = () => RotateAsync("fresh");

        (await rotating.Should().ThrowAsync<UserErrorException>()).Which.Message.Should()
            .Contain("The old value stays in use")
            .And.NotContain("fresh");
        files.Read(SmallStack.Password)?.Text.Should().Be("old");
        files.Pending(SmallStack.Password).Should().BeNull();
        shell.Inputs.Values.Should().Equal("old");
    }

    [Fact]
    public async Task Services_that_do_not_come_up_get_the_old_value_back()
    {
        var rotating = () => RotateAsync("fresh", () => ups == 1 ? throw UserErrorException.Failed("web: It is unhealthy.") : Task.CompletedTask);

        (await rotating.Should().ThrowAsync<UserErrorException>())
            .Which.Message.Should()
            .StartWith("web: It is unhealthy.")
            .And.Contain("The old value stays in use");
        files.Read(SmallStack.Password)?.Text.Should().Be("old");
        ups.Should().Be(2);
    }

    [Fact]
    public async Task An_interrupted_rotation_is_finished_with_its_own_value()
    {
        files.Prepare(SmallStack.Password, "noted");

        await RotateAsync(null);

        files.Read(SmallStack.Password)?.Text.Should().Be("noted");
        InterruptedRotations.Find(ReviewedStack.From(new Workspace(root.Path), Stack())).Should().BeEmpty();
        output.ToString().Should().Contain("An earlier rotation was interrupted");
    }

    [Fact]
    public async Task The_value_that_is_kept_is_told_before_the_next_up_where_a_rotation_was_interrupted()
    {
        var session = new Session(output, output, shell, new Workspace(root.Path));
        await new KilledRotations(session, Stack()).ReportAsync([ContainerState.From(FakeContainers.Container("postgres"))], default);
        shell.Inputs.Should().BeEmpty("none was");
        files.Prepare(SmallStack.Password, "noted");

        await new KilledRotations(session, Stack()).ReportAsync([ContainerState.From(FakeContainers.Container("postgres"))], default);

        shell.Inputs.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("docker exec --interactive id-postgres change", "old"));
        files.Pending(SmallStack.Password).Should().NotBeNull("the next rotation finishes it");
    }

    [Fact]
    public void An_interrupted_rotation_is_found()
    {
        files.Prepare(SmallStack.Password, "noted");

        InterruptedRotations
            .Find(ReviewedStack.From(new Workspace(root.Path), Stack()))
            .Should()
            .ContainSingle()
            .Which.ToString()
            .Should()
            .Be(
                "warning SECRETS .secrets/dev/postgres-password: Its rotation was interrupted. Run './infra.sh rotate dev postgres-password', "
                    + "which finishes it, or './infra.sh up dev', which makes the stored value the only one."
            );
    }

    [Theory]
    [InlineData("nothing: shop-dev has no such secret. It has: postgres-password, rabbitmq-password, redis-password.", "nothing")]
    [InlineData("--value-from: missing.txt cannot be read", "postgres-password", "--value-from", "missing.txt")]
    public async Task What_cannot_be_rotated_is_told_and_nothing_is_touched(string message, params string[] arguments)
    {
        using var run = new CommandLineRun(FakeShell.WithEngine().Running([.. FakeContainers.All("compose").Cast<JsonObject>()]));

        (await run.RunAsync(["rotate", "dev", .. arguments])).Should().Be(2);

        run.Error.Should().StartWith(message);
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_secret_of_the_application_s_own_without_a_value_is_told_by_the_command_that_gives_one()
    {
        using var run = new CommandLineRun(FakeShell.WithEngine().Running([.. FakeContainers.All("compose").Cast<JsonObject>()]));
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:app: { secrets: [DJANGO_SECRET_KEY] }\n");

        await run.RefusesAsync(
            "django-secret-key: It is a secret of the application's own, so no value is generated for it. Give one with --value-from; "
                + "if any will do: openssl rand -hex 32 | tr -d '\\n' | ./infra.sh rotate dev django-secret-key --value-from -",
            "rotate",
            "dev",
            "django-secret-key"
        );
    }

    private Task RotateAsync(SecretValue? value, Func<Task>? up = null) =>
        new RotateCommand(
            shell,
            Stack(),
            new FileStore(files, ".secrets/dev"),
            files,
            _ =>
            {
                ups++;
                return up?.Invoke() ?? Task.CompletedTask;
            },
            output
        ).RunAsync(SmallStack.Password, value, default);

    private static StackContext Stack() =>
        SmallStack.Dev(SmallStack.Database with { PasswordChange = new(SmallStack.Password, ["change"]) }, SmallStack.Web);
}
