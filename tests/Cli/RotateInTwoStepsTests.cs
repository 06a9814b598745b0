using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Rotation;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>Services that hold two passwords, or a second user, take the new one before the old one is gone.</summary>
public sealed class RotateInTwoStepsTests : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly StringWriter output = new();
    private readonly FakeShell shell = FakeShell.WithEngine().Running(FakeContainers.Container("postgres"), FakeContainers.Container("web"));
    private readonly SecretFiles files;
    private int ups;

    public RotateInTwoStepsTests()
    {
        files = SecretFiles.For(root.Path, "dev");
        files.Write(SmallStack.Password, "old");
        shell.On("docker exec --interactive id-postgres");
    }

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task A_service_that_can_hold_two_passwords_takes_the_new_one_first_and_forgets_the_old_one_last()
    {
        var stack = SmallStack.Dev(
            SmallStack.Database with
            {
                PasswordChange = new(SmallStack.Password, ["only"]) { Addition = ["add"] },
            },
            SmallStack.Web
        );

        await new RotateCommand(
            shell,
            stack,
            new FileStore(files, ".secrets/dev"),
            files,
            _ =>
            {
                shell.Changes.Should().Equal("docker exec --interactive id-postgres add");
                files.Read(SmallStack.Password)!.Text.Should().Be("fresh");
                return Task.CompletedTask;
            },
            output
        ).RunAsync(SmallStack.Password, "fresh", default);

        shell.Changes.Should().Equal("docker exec --interactive id-postgres add", "docker exec --interactive id-postgres only");
        shell.Inputs.Values.Should().Equal("fresh", "fresh");
    }

    [Fact]
    public async Task A_service_that_holds_two_passwords_is_taken_back_to_the_old_one_alone()
    {
        var stack = SmallStack.Dev(
            SmallStack.Database with
            {
                PasswordChange = new(SmallStack.Password, ["only"]) { Addition = ["add"] },
            },
            SmallStack.Web
        );

        var rotating = () =>
            new RotateCommand(
                shell,
                stack,
                new FileStore(files, ".secrets/dev"),
                files,
                _ => ups++ == 0 ? throw UserErrorException.Failed("web: It is unhealthy.") : Task.CompletedTask,
                output
            ).RunAsync(SmallStack.Password, "fresh", default);

        (await rotating.Should().ThrowAsync<UserErrorException>()).Which.Message.Should().Contain("The old value stays in use");
        shell.Changes.Should().Equal(new[] { "add", "add", "only" }.Select(word => $"docker exec --interactive id-postgres {word}"));
        shell.Inputs["docker exec --interactive id-postgres only"].Should().Be("old");
    }

    [Fact]
    public async Task Of_users_with_one_password_each_a_second_one_has_the_new_value_until_the_first_one_has_it_too()
    {
        await InTwoStepsAsync(
            async value =>
            {
                value.Text.Should().Be("fresh");
                shell.Changes.Should().Equal("docker exec --interactive id-postgres second");
                files.Read(SmallStack.Password)!.Text.Should().Be("old", "an 'up' after an interruption is one for the users who have it");
                await Task.CompletedTask;
            },
            () =>
            {
                shell.Changes.Should().Equal(new[] { "second", "set" }.Select(word => $"docker exec --interactive id-postgres {word}"));
                files.Read(SmallStack.Password)!.Text.Should().Be("fresh");
            }
        );

        shell.Changes.Should().Equal(new[] { "second", "set", "remove" }.Select(word => $"docker exec --interactive id-postgres {word}"));
        shell.Inputs.Values.Should().AllBe("fresh");
        files.Pending(SmallStack.Password).Should().BeNull();
    }

    [Fact]
    public async Task What_does_not_come_up_as_the_second_user_goes_on_as_the_first_one_with_the_old_value()
    {
        var rotating = () => InTwoStepsAsync(_ => throw UserErrorException.Failed("web: It is unhealthy."), () => ups++);

        (await rotating.Should().ThrowAsync<UserErrorException>())
            .Which.Message.Should()
            .StartWith("web: It is unhealthy.")
            .And.Contain("The old value stays in use");
        shell.Changes.Should().Equal(new[] { "second", "set", "remove" }.Select(word => $"docker exec --interactive id-postgres {word}"));
        shell.Inputs["docker exec --interactive id-postgres set"].Should().Be("old");
        files.Read(SmallStack.Password)!.Text.Should().Be("old");
        ups.Should().Be(1);
    }

    [Fact]
    public async Task Where_nobody_can_log_in_as_the_second_user_the_first_one_s_password_changes_at_once()
    {
        await InTwoStepsAsync(null, () => shell.Changes.Should().Equal("docker exec --interactive id-postgres set"));

        shell.Changes.Should().Equal(new[] { "set", "remove" }.Select(word => $"docker exec --interactive id-postgres {word}"));
    }

    private Task InTwoStepsAsync(Func<SecretValue, Task>? asSecond, Action up)
    {
        var change = new PasswordChange(SmallStack.Password, ["set"])
        {
            Addition = ["second"],
            SecondUsers = ["other"],
            Removal = ["remove"],
        };
        return new RotateCommand(
            shell,
            SmallStack.Dev(SmallStack.Database with { PasswordChange = change }, SmallStack.Web),
            new FileStore(files, ".secrets/dev"),
            files,
            _ =>
            {
                up();
                return Task.CompletedTask;
            },
            output
        )
        {
            UpAsSecond = asSecond is null ? null : (value, _) => asSecond(value),
        }.RunAsync(SmallStack.Password, "fresh", default);
    }
}
