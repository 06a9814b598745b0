using System.Collections.Immutable;
using Infra.Model;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Tests.Stacks;

[Collection(EnvironmentCollection.Name)]
public sealed class PulumiSecretsTests : IDisposable
{
    private static readonly Secret Postgres = new("postgres-password");
    private static readonly Secret Redis = new("redis-password");

    private static readonly Secret Key = new("the-key");

    private readonly TemporaryRoot root = new();
    private readonly EnvironmentVariables variables = new();

    public PulumiSecretsTests() => variables["PULUMI_CONFIG"] = """{"infra:redis-password": "configured"}""";

    public void Dispose()
    {
        variables.Dispose();
        root.Dispose();
    }

    [Theory]
    [InlineData(EnvironmentKind.Dev)]
    [InlineData(EnvironmentKind.Prod)]
    public async Task The_configuration_comes_first(EnvironmentKind environment)
        => (await GetAsync(environment, Redis, preview: false)).Should().Be(("configured", true, true));

    [Fact]
    public async Task Development_makes_what_is_not_configured_and_keeps_it()
    {
        var (value, known, secret) = await GetAsync(EnvironmentKind.Dev, Postgres, preview: false);

        value.Should().Be(SecretFiles.For(root.Path, "dev").Read(Postgres)!.Text);
        (known, secret).Should().Be((true, true));
        (await GetAsync(EnvironmentKind.Dev, Postgres, preview: true)).Value.Should().Be(value, "a later preview reads it");
    }

    [Fact]
    public async Task A_preview_makes_nothing_and_does_not_know_it_yet()
    {
        (await GetAsync(EnvironmentKind.Dev, Postgres, preview: true)).Should().Be((null, false, true));

        Directory.Exists(Path.Combine(root.Path, ".secrets")).Should().BeFalse();
    }

    [Fact]
    public async Task A_file_that_somebody_put_there_is_closed_to_others_and_a_preview_leaves_it()
    {
        if (OperatingSystem.IsWindows()) return;
        var folder = Directory.CreateDirectory(Path.Combine(root.Path, ".secrets", "dev")).FullName;
        File.WriteAllText(Path.Combine(folder, Postgres.Name), "given");
        Modes.Set(folder, "755");

        (await GetAsync(EnvironmentKind.Dev, Postgres, preview: true)).Value.Should().Be("given");
        Modes.Of(folder).Should().Be("755");

        (await GetAsync(EnvironmentKind.Dev, Postgres, preview: false)).Value.Should().Be("given");
        Modes.Of(folder).Should().Be("700");
    }

    [Fact]
    public async Task Production_makes_nothing_up()
    {
        var get = () => GetAsync(EnvironmentKind.Prod, Postgres, preview: false);

        (await get.Should().ThrowAsync<RunException>()).WithMessage(
            "infra:postgres-password: This secret is not set. Run `pulumi config set --secret infra:postgres-password`.");
    }

    [Fact]
    public async Task All_missing_secrets_are_named_at_once()
    {
        var missing = ImmutableArray<Finding>.Empty;

        await StackRun.OfAsync(
            () => missing = new PulumiSecrets(EnvironmentKind.Prod, Needing(Redis, Postgres, new Secret("broker"), Postgres)).Review(),
            root: root.Path
        );

        missing.Select(finding => finding.Where).Should().Equal("infra:broker", "infra:postgres-password");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_key_without_a_value_is_missing(string value)
    {
        variables["PULUMI_CONFIG"] = $$"""{"infra:redis-password": "{{value}}"}""";
        var missing = ImmutableArray<Finding>.Empty;

        await StackRun.OfAsync(() => missing = new PulumiSecrets(EnvironmentKind.Prod, Needing(Redis)).Review(), root: root.Path);

        missing.Select(finding => finding.Where).Should().Equal("infra:redis-password");
    }

    [Theory]
    [InlineData(EnvironmentKind.Dev)]
    [InlineData(EnvironmentKind.Prod)]
    public async Task A_configured_password_that_cannot_work_is_told_before_anything_is_made(EnvironmentKind environment)
    {
        variables["PULUMI_CONFIG"] = """{"infra:redis-password": "two\nlines", "infra:postgres-password": "p@ss w/rd#%$\"'\\x"}""";
        var found = ImmutableArray<Finding>.Empty;

        await StackRun.OfAsync(() => found = new PulumiSecrets(environment, Needing(Redis, Postgres)).Review(), root: root.Path);

        found.Select(finding => finding.ToString()).Should().Equal(
            "error SECRETS infra:redis-password: It has more than one line. Write it as one line of UTF-8 text, with nothing before or after it.");
    }

    [Fact]
    public async Task A_file_of_development_s_that_cannot_work_is_told_too()
    {
        SecretFiles.For(root.Path, "dev").Write(Postgres, "pw\r\n");
        SecretFiles.For(root.Path, "dev").Write(Key, new SecretValue([0xFF]));
        var found = ImmutableArray<Finding>.Empty;

        await StackRun.OfAsync(() => found = new PulumiSecrets(EnvironmentKind.Dev, Needing(Postgres, Key)).Review(), root: root.Path);

        found
            .Select(finding => finding.ToString())
            .Should()
            .Equal(
                "error SECRETS .secrets/dev/postgres-password: It has a carriage return, as Windows' line breaks have. "
                    + "Write it as one line of UTF-8 text, with nothing before or after it.",
                "error SECRETS .secrets/dev/the-key: It is not UTF-8 text, and Pulumi's configuration holds nothing else. "
                    + "Use --engine compose, or encode it, in Base64 say."
            );
    }

    [Fact]
    public async Task A_password_in_a_file_is_taken_without_the_break_at_its_end_and_another_secret_as_it_is()
    {
        foreach (var secret in new[] { Postgres, Key }) SecretFiles.For(root.Path, "dev").Write(secret, "mine\n");

        (await GetAsync(EnvironmentKind.Dev, Postgres, preview: true)).Value.Should().Be("mine");
        (await GetAsync(EnvironmentKind.Dev, Key, preview: true)).Value.Should().Be("mine\n");
    }

    // Of those that are used, one byte for byte and the others as passwords.
    private static Topology Needing(params Secret[] secrets) =>
        Specs.Topology(
            Specs.Web() with
            {
                Files =
                [
                    .. secrets
                        .Distinct()
                        .Select(secret => secret == Key ? new ServiceFile("key", secret.In(SecretForm.Bytes)) : ServiceFile.For(secret)),
                ],
            }
        );

    private async Task<(string? Value, bool IsKnown, bool IsSecret)> GetAsync(EnvironmentKind environment, Secret secret, bool preview)
    {
        Output<string>? output = null;
        await StackRun.OfAsync(() => output = new PulumiSecrets(environment, Needing(secret)).Get(secret), preview: preview, root: root.Path);
        var known = await OutputUtilities.GetIsKnownAsync(output!);
        return (known ? await OutputUtilities.GetValueAsync(output!) : null, known, await Output.IsSecretAsync(output!));
    }
}
