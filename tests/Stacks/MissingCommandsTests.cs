using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>Exported secrets take the entrypoint's place, and with it an engine drops the image's own command.</summary>
public sealed class MissingCommandsTests
{
    private const string Message =
        "infra:services.web.command: A shell exports its secrets before its command, and the image's own command is not known. "
        + "Write it, as the image's CMD has it, or set delivery to file.";

    [Theory]
    [InlineData("secrets: [KEY]", "web: {}")]
    [InlineData("environment: {URL: \"{redis.url}\"}", "redis: {}, web: {}")]
    [InlineData("environment: {PASSWORD: \"{secrets.key}\"}", "web: {}")]
    public void Where_nobody_knows_it_it_must_be_written(string app, string services) =>
        SettingsOf.Problems(Exact(app, services)).Should().Contain(Message);

    [Theory]
    [InlineData("secrets: [KEY]", "web: {command: serve}")]
    [InlineData("secrets: [KEY]", "web: {delivery: file}")]
    [InlineData("secrets: [KEY]", "web: {entrypoint: serve}")]
    [InlineData("environment: {PEER: \"{api.url}\"}", "web: {}, api: {kind: process, command: serve, containerPort: 80}")]
    public void And_nowhere_else(string app, string services) => SettingsOf.Problems(Exact(app, services)).Should().NotContain(Message);

    [Theory]
    [InlineData("FROM scratch\nENTRYPOINT [\"enter\"]\nCMD [\"serve\", \"--fast\"]\n", true)]
    [InlineData("FROM scratch AS base\nCMD [\"serve\", \"--fast\"]\nFROM base\nUSER 1\n", true)]
    [InlineData("FROM scratch AS base\nCMD [\"serve\", \"--fast\"]\nFROM base\nENTRYPOINT [\"enter\"]\n", false)]
    [InlineData("FROM scratch\nCMD serve --fast\n", false)]
    public async Task The_Dockerfile_says_it_where_it_does(string dockerfile, bool isKnown)
    {
        using var root = new TemporaryRoot();
        Directory.CreateDirectory(Path.Combine(root.Path, "app"));
        await File.WriteAllTextAsync(Path.Combine(root.Path, "app", "Dockerfile"), dockerfile);
        var source = SettingsOf.Source(Exact("secrets: [KEY]", "web: {reload: false}")) with { Root = root.Path };

        var read = () => SettingsParser.Parse(source, "shop", "dev");

        if (isKnown) string.Join(' ', (await StackFactory.GatherAsync(read())).Find("web")!.Command).Should().EndWith("serve --fast");
        else read.Should().Throw<Infra.Stacks.Configuration.SettingsException>().Which.Message.Should().Contain(Message);
    }

    [Fact]
    public void A_distroless_image_has_no_shell_for_it() =>
        SettingsOf.Problems(Exact("build: {runtime: distroless}", "web: {command: serve, secrets: [KEY], delivery: export}", "file")).Should()
            .EndWith("infra:services.web.delivery: Secrets are exported by a shell, and a distroless image has none. "
                + "Set it to file, or infra:app.build's runtime to slim.");

    private static string Exact(string app, string services, string delivery = "export") =>
        $"config:\n  infra:environment: dev\n  infra:app: {{delivery: {delivery}, celery: shop, {app}}}\n  infra:services: {{{services}, worker: {{enabled: false}}}}\n";
}
