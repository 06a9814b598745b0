using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Rotation;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>A secret that Pulumi's configuration keeps: there it is changed, and what uses it is recreated by <c>pulumi up</c>.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class RotateUnderPulumiTests : IDisposable
{
    private const string Encrypted = "config:\n  infra:environment: dev\n  infra:postgres-password: {secure: v1:abc}\n";
    private const string Set = "pulumi config set --secret infra:postgres-password --stack dev --non-interactive";

    private readonly EnvironmentVariables variables = new();
    private readonly CommandLineRun run = new();

    public RotateUnderPulumiTests()
    {
        variables["DOCKER_HOST"] = null;
        run.Write("Pulumi.dev.yaml", Encrypted);
        run.Shell.Programs.Add("pulumi");
        run.Shell.Running(FakeContainers.All("pulumi"))
            .On("pulumi whoami", "me\n")
            .On("pulumi stack select")
            .On("pulumi stack export", """{"deployment": {}}""")
            .On("pulumi up")
            .On("docker manifest inspect", "{}")
            .On("pulumi config get infra:postgres-password --stack dev", "old\n")
            .On("pulumi config set")
            .On("docker exec --interactive id-postgres");
    }

    private IEnumerable<string> Steps => run.Shell.Changes.Select(line => string.Join(' ', line.Split(' ').Take(3)));

    public void Dispose()
    {
        variables.Dispose();
        run.Dispose();
    }

    [Fact]
    public async Task A_secret_of_the_application_s_own_keeps_its_last_line_break_on_the_way_there_and_back()
    {
        var store = new PulumiStore(run.Shell.On("pulumi config get infra:the-key", "value\n\n"), "dev");

        await store.SetAsync(new("the-key"), "value\n", default);

        run.Shell.Inputs.Values.Should().Equal(["value\n\n"], "the client takes one for that of who typed it");
        (await store.ReadAsync(new("the-key"), default)).Text.Should().Be("value\n");
    }

    [Fact]
    public async Task What_is_no_text_is_not_given_to_Pulumi()
    {
        var setting = () => new PulumiStore(run.Shell, "dev").SetAsync(new("the-key"), new Infra.Model.SecretValue([0xFF]), default);

        (await setting.Should().ThrowAsync<UserErrorException>()).WithMessage(
            "Pulumi.dev.yaml: infra:the-key: The value is not UTF-8 text, and Pulumi's configuration holds nothing else.*"
        );
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task The_service_is_told_first_then_the_configuration_and_then_comes_an_update()
    {
        (await RotateAsync("fresh")).Should().Be(0, run.Error);

        Steps.Should().Equal("pulumi stack select", "docker exec --interactive",
            "pulumi config set", "pulumi stack select", "pulumi up --stack", "pulumi config set", "docker exec --interactive",
            "pulumi stack select", "pulumi up --stack", "docker exec --interactive");
        run.Shell.Inputs[Set].Should().Be("fresh");
        run.Shell.Inputs.Values.Should().HaveCount(4).And.AllBe("fresh");
        string.Join('\n', run.Shell.Asked).Should().NotContain("fresh");
        Secrets.Pending(SmallStack.Password).Should().BeNull("nothing of it stays in a file");
        run.Out.Should()
            .Contain("postgres-password: rotated. The new value is in Pulumi.dev.yaml: infra:postgres-password, and every service is healthy.");
    }

    [Fact]
    public async Task The_first_update_is_for_the_roles_that_have_the_new_value_and_the_second_for_the_application_s_own()
    {
        var rotating = new List<string?>();
        run.Shell.On("pulumi up", () =>
        {
            rotating.Add(run.Shell.Variables.TryGetValue("INFRA_ROTATING", out var secret) ? secret : null);
            return new(0, "", "");
        });

        (await RotateAsync("fresh")).Should().Be(0, run.Error);

        rotating.Should().Equal("postgres-password", null);
    }

    [Fact]
    public async Task An_update_that_fails_puts_the_old_value_back_everywhere()
    {
        var updates = 0;
        run.Shell.On("pulumi up", () => new(updates++ == 0 ? 255 : 0, "", ""));

        (await RotateAsync("fresh")).Should().Be(1);

        run.Shell.Inputs[Set].Should().Be("old");
        updates.Should().Be(2);
        run.Error.Should().Contain("pulumi: The update failed; the reason is above.").And.Contain("The old value stays in use");
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_written_leaves_the_old_value_in_force()
    {
        var answers = new Queue<ShellResult>([new(1, "", "error: passphrase must be set"), new(0, "", "")]);
        run.Shell.On("pulumi config set", answers.Dequeue);

        (await RotateAsync("fresh")).Should().Be(1);

        run.Error.Should()
            .Contain("Pulumi.dev.yaml: infra:postgres-password: Pulumi cannot write it: error: passphrase must be set.")
            .And.NotContain("fresh");
        run.Shell.Inputs["docker exec --interactive id-postgres " + ChangeCommand()].Should().Be("old");
    }

    [Fact]
    public async Task A_configuration_that_cannot_be_written_at_all_keeps_the_services_on_what_it_has()
    {
        run.Shell.On("pulumi config set", exitCode: 1, error: "error: read-only file system");

        (await RotateAsync("fresh")).Should().Be(1);

        run.Shell.Inputs["docker exec --interactive id-postgres " + ChangeCommand()].Should().Be("old");
        Secrets.Pending(SmallStack.Password).Should().BeNull();
        run.Error.Should().Contain("The old value stays in use, and everything that uses it is healthy.");
    }

    [Fact]
    public async Task A_new_value_that_cannot_be_taken_back_holds_everywhere()
    {
        var (sets, updates) = (0, 0);
        run.Shell.On("pulumi up", () => new(updates++ == 0 ? 255 : 0, "", ""))
            .On("pulumi config set", () => sets++ == 0 ? new(0, "", "") : new(1, "", "error: read-only file system"))
            .On("pulumi config get", () => new(0, sets == 0 ? "old\n" : "fresh\n", ""));

        (await RotateAsync("fresh")).Should().Be(1);

        run.Shell.Inputs["docker exec --interactive id-postgres " + ChangeCommand()].Should().Be("fresh");
        updates.Should().Be(2);
        run.Error.Should().Contain("The old value could not be put back into Pulumi.dev.yaml: infra:postgres-password. The new one is in use");
    }

    [Fact]
    public async Task What_could_not_be_taken_back_is_finished_with_the_new_value()
    {
        run.Shell.On("pulumi up", exitCode: 255);

        (await RotateAsync("fresh")).Should().Be(1);

        Secrets.Pending(SmallStack.Password)!.Text.Should().Be("fresh");
        run.Error.Should()
            .Contain("Not everything could be rolled back: pulumi: The update failed")
            .And.Contain("it continues with the value that it has noted");
    }

    [Fact]
    public async Task A_rotation_that_was_cut_off_after_the_configuration_is_finished()
    {
        // Noted, and already set.
        Secrets.Prepare(SmallStack.Password, "old");

        (await run.RunAsync("rotate", "dev", "postgres-password")).Should().Be(0, run.Error);

        Steps.Should().Contain("pulumi up --stack");
        Secrets.Pending(SmallStack.Password).Should().BeNull();
    }

    [Theory]
    [InlineData(
        "config:\n  infra:environment: dev\n  infra:postgres-password: open\n",
        "Pulumi.dev.yaml:3:3 infra:postgres-password: The secret's value is there in plain text, and 'rotate' does not write it."
    )]
    [InlineData("config:\n  infra:environment: dev\n", ".secrets/dev/postgres-password: There is no such file, so there is nothing to rotate.")]
    public async Task What_is_kept_elsewhere_is_not_written(string settings, string message)
    {
        run.Write("Pulumi.dev.yaml", settings);

        (await RotateAsync("fresh")).Should().Be(2);

        run.Error.Should().StartWith(message);
        Steps.Should().OnlyContain(step => step == "pulumi stack select");
    }

    [Fact]
    public async Task Production_reads_no_file_of_a_secret_there()
    {
        SecretFiles.For(run.Workspace.Root, "prod").Write(SmallStack.Password, "of Compose's days");
        run.Shell.On("pulumi config get", exitCode: 255, error: "error: configuration key 'infra:postgres-password' not found for stack 'prod'");

        (await run.RunAsync("rotate", "prod", "postgres-password")).Should().Be(2);

        run.Error.Should().Contain("Pulumi.prod.yaml: infra:postgres-password: Pulumi cannot read it: error: configuration key");
        Steps.Should().OnlyContain(step => step == "pulumi stack select");
    }

    [Fact]
    public async Task Without_Pulumis_client_it_cannot_be_changed()
    {
        run.Shell.Programs.Remove("pulumi");

        await run.RefusesAsync(
            "shop-dev: It was deployed with Pulumi, and there is no 'pulumi' on the PATH to change it with. "
                + "Install the Pulumi CLI; to change engines, run './infra.sh down dev --engine pulumi' then.",
            "rotate",
            "dev",
            "postgres-password"
        );
    }

    private SecretFiles Secrets => SecretFiles.For(run.Workspace.Root, "dev");

    private string ChangeCommand() =>
        run.Shell.Inputs.Keys.First(line =>
            line.StartsWith("docker exec", StringComparison.Ordinal) && line.EndsWith(" postgres-password", StringComparison.Ordinal)
        )["docker exec --interactive id-postgres ".Length..];

    private Task<int> RotateAsync(string value)
    {
        run.Write("value.txt", value);
        return run.RunAsync("rotate", "dev", "postgres-password", "--value-from", run.PathOf("value.txt"));
    }
}
