using Infra.Model;
using Infra.Targets.Compose;
using Infra.Tests.Support;

namespace Infra.Tests.Targets.Compose;

public sealed class ComposeConfigTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("compose").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [ComposeFact]
    public void Compose_accepts_development() => Accepts(Samples.Dev, new ComposeOptions());

    [ComposeFact]
    public void Compose_accepts_development_that_syncs() => Accepts(Samples.DevSync, new ComposeOptions());

    [ComposeFact]
    public void Compose_accepts_development_from_debian_packages() => Accepts(Samples.Debian, new ComposeOptions());

    [ComposeFact]
    public void Compose_accepts_production() => Accepts(Samples.Prod, Samples.ProdOptions);

    [ComposeFact]
    public void Compose_accepts_every_property() => Accepts(Samples.Only([Mutations.Base, .. Mutations.Others]), new ComposeOptions());

    [ComposeFact]
    public void Compose_reads_a_dollar_as_it_was_meant()
    {
        var config = Accepts(Samples.Only(Samples.Plain with
        {
            Command = ["echo", "${HOME} $$ $x"],
            Environment = Variables.From(("PRICE", "5$"), ("MANY", "$A $$B ${C:-d}")),
            Files = [new ServiceFile("script", "echo $HOME\n")],
        }), new ComposeOptions(), "--no-interpolate");

        config.Should().Contain("$${HOME} $$$$ $$x").And.Contain("5$$").And.Contain("$$A $$$$B $${C:-d}").And.Contain("echo $$HOME");
    }

    [ComposeFact]
    public void For_Compose_another_number_of_containers_is_no_other_configuration()
    {
        var worker = Specs.Worker() with { Replicas = 1 };

        Hashes(worker with { Replicas = 3 }).Should().Be(Hashes(worker), "those that run would be recreated");
        Hashes(worker with { Memory = Size.MiB(64) }).Should().NotBe(Hashes(worker));

        string Hashes(ServiceSpec service) => Accepts(Samples.Only(service), new ComposeOptions(), "--hash", "*");
    }

    private string Accepts(Topology topology, ComposeOptions options, params string[] arguments)
    {
        var file = Path.Combine(folder, "compose.yaml");
        File.WriteAllText(file, ComposeWriter.Write(topology, options));

        var run = DockerCompose.Run(["--file", file, "--profile", "*", "config", .. arguments]);

        run.Error.Should().BeEmpty();
        run.ExitCode.Should().Be(0);
        return run.Output;
    }
}
