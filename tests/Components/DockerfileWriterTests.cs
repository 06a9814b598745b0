using System.Collections.Immutable;
using Infra.Components.Dockerfiles;
using Infra.Model.Dockerfiles;
using Infra.Model.Dockerfiles.Rules;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class DockerfileWriterTests
{
    private static readonly DockerfileOptions Options = new() { Command = ["uvicorn", "shop.main:app", "--host", "0.0.0.0"] };

    public static TheoryData<string, DockerfileOptions> Kinds => new()
    {
        { "uv", Options with { BuildPackages = ["gcc", "libc6-dev", "libpq-dev"], RunPackages = ["libpq5", "curl"], ModuleFolders = ["src"] } },
        { "pip", Options with { Installer = Installer.Pip, Python = "3.11", Directory = "/srv/shop", User = "shop" } },
        { "distroless", Options with { Runtime = ImageRuntime.Distroless } },
        { "service", Options with { Service = "auth-service", OtherServices = ["ai-engine-service", "channel-service"], Port = 8001 } },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reads_as_a_person_would_have_written_it(string name, DockerfileOptions options)
    {
        Snapshot.Match(DockerfileWriter.Write(options), $"Dockerfile-{name}", "Dockerfile");
        Snapshot.Match(DockerignoreWriter.Write(options), $"Dockerignore-{name}", "txt");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Breaks_no_rule_for_Dockerfiles_but_that_nobody_here_knows_a_digest(string name, DockerfileOptions options)
    {
        var file = DockerfileParser.Parse(name, DockerfileWriter.Write(options), ImmutableDictionary<string, string>.Empty);

        file.Stages.Should().HaveCountGreaterThan(1);
        DockerfileReview.Review(new DockerfileUse(file, file.Final(null)!, ["web", "worker", "beat"])).Select(finding => finding.Rule)
            .Should().Equal(options.Runtime == ImageRuntime.Distroless ? ["DOCKERFILE-PINNED"] : []);
    }

    [Fact]
    public void A_distroless_image_takes_no_packages_and_says_what_to_do()
    {
        var write = () => DockerfileWriter.Write(Options with { Runtime = ImageRuntime.Distroless, RunPackages = ["libpq5"] });

        write.Should().Throw<ArgumentException>().WithMessage("*(libpq5). Use wheels that bring their libraries*");
    }
}
