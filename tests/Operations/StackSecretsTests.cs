using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.SecretValues;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class StackSecretsTests : IDisposable
{
    private const string Encrypted = "config:\n  infra:environment: dev\n  infra:postgres-password: {secure: v1:abc}\n";

    private readonly TemporaryRoot root = new();
    private readonly FakeShell shell = FakeShell.Bare();
    private readonly List<string> said = [];

    public void Dispose() => root.Dispose();

    [Fact]
    public async Task Development_makes_what_is_missing_and_says_so_once()
    {
        var secrets = Of("config: {infra:environment: dev}");
        await secrets.RequireAsync(CancellationToken.None);
        secrets.AreAllThere.Should().BeFalse();

        var value = secrets.ReadOrCreate(SmallStack.Password);

        secrets.ReadOrCreate(SmallStack.Password).Should().Be(value);
        value.Text.Should().HaveLength(32);
        secrets.AreAllThere.Should().BeTrue();
        said.Should().Equal("Created the secret .secrets/dev/postgres-password.");
    }

    [Fact]
    public async Task A_configured_secret_goes_before_the_file_and_makes_none()
    {
        var secrets = Of("config: {infra:environment: dev, infra:postgres-password: plain}");
        await secrets.RequireAsync(CancellationToken.None);

        secrets.ReadOrCreate(SmallStack.Password).Text.Should().Be("plain");
        secrets.AreAllThere.Should().BeTrue();
        Directory.Exists(Path.Combine(root.Path, ".secrets")).Should().BeFalse();
    }

    [Fact]
    public async Task An_encrypted_secret_is_read_by_Pulumi_even_beside_a_file()
    {
        Put("dev", "file");
        shell.Programs.Add("pulumi");
        shell.On("pulumi config get infra:postgres-password --stack dev", "decrypted\n");
        var secrets = Of(Encrypted);

        await secrets.RequireAsync(CancellationToken.None);

        secrets.ReadOrCreate(SmallStack.Password).Text.Should().Be("decrypted");
    }

    [Fact]
    public async Task An_encrypted_secret_is_taken_from_the_file_where_there_is_no_Pulumi()
    {
        Put("dev", "file");
        var secrets = Of(Encrypted);

        await secrets.RequireAsync(CancellationToken.None);

        secrets.ReadOrCreate(SmallStack.Password).Text.Should().Be("file");
    }

    [Fact]
    public async Task An_encrypted_secret_that_nobody_can_read_is_told()
    {
        (await FailureAsync(Of(Encrypted))).Should().Be(
            "Pulumi.dev.yaml:3:3 infra:postgres-password: It is encrypted, and only Pulumi's command line can read it. "
            + "Use --engine pulumi, or put the value into .secrets/dev/postgres-password.");

        shell.Programs.Add("pulumi");
        shell.On("pulumi config get", exitCode: 255, error: "error: incorrect passphrase");
        (await FailureAsync(Of(Encrypted))).Should().Contain("can read it (error: incorrect passphrase.). Use --engine pulumi");
    }

    [Fact]
    public async Task Production_makes_none_up_and_names_all_that_are_missing()
    {
        var secrets = Of(
            "config: {infra:environment: prod}",
            SmallStack.Database with
            {
                Files = [ServiceFile.For(new("b")), ServiceFile.For(new("a"))],
            }
        );

        (await FailureAsync(secrets))
            .Split('\n')
            .Should()
            .Equal(
                ".secrets/dev/a: The secret is missing, and production generates none. "
                    + "Write its value into this file (no line break); 'up' closes the folder to others.",
                ".secrets/dev/b: The secret is missing, and production generates none. "
                    + "Write its value into this file (no line break); 'up' closes the folder to others."
            );
        Directory.Exists(Path.Combine(root.Path, ".secrets")).Should().BeFalse();
    }

    [Fact]
    public async Task Production_takes_the_file_that_somebody_put_there()
    {
        Put("dev", "given\n");
        var secrets = Of("config: {infra:environment: prod, infra:postgres-password: plain}");

        await secrets.RequireAsync(CancellationToken.None);

        secrets.ReadOrCreate(SmallStack.Password).Text.Should().Be("given");
    }

    [Fact]
    public async Task What_somebody_put_there_is_closed_to_others_before_it_is_read()
    {
        if (OperatingSystem.IsWindows()) return;
        Put("dev", "given\n");
        var folder = Path.Combine(root.Path, ".secrets", "dev");
        Modes.Set(folder, "755");
        Modes.Set(Path.Combine(folder, "postgres-password"), "600");

        await Of("config: {infra:environment: prod}").RequireAsync(CancellationToken.None);

        (Modes.Of(folder), Modes.Of(Path.Combine(folder, "postgres-password"))).Should().Be(("700", "600"));
    }

    private StackSecrets Of(string yaml, ServiceSpec? service = null)
        => new(new Workspace(root.Path), shell, SmallStack.Of(yaml, service ?? SmallStack.Database), said.Add);

    private void Put(string stack, string value)
    {
        Directory.CreateDirectory(Path.Combine(root.Path, ".secrets", stack));
        File.WriteAllText(Path.Combine(root.Path, ".secrets", stack, "postgres-password"), value);
    }

    private static async Task<string> FailureAsync(StackSecrets secrets)
    {
        UserErrorException error = (
            await secrets.Awaiting(all => all.RequireAsync(CancellationToken.None)).Should().ThrowAsync<UserErrorException>()
        ).Which;
        error.ExitCode.Should().Be(2);
        return error.Message;
    }
}
