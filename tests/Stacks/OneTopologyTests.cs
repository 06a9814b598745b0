using Infra.Operations.ComposeEngine;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Compose;
using Infra.Targets.Containers;
using Infra.Tests.Offline;
using Infra.Tests.Support;
using Pulumi;
using Pulumi.Testing;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests.Stacks;

/// <summary>One topology, two engines: who changes from one to the other finds the data again.</summary>
public sealed class OneTopologyTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    [InlineData("hexagonal")]
    [InlineData("mikrom")]
    [InlineData("creator-hub")]
    [InlineData("marketplace")]
    [InlineData("marketplace-prod")]
    [InlineData("paqueteria")]
    public async Task Volumes_and_networks_have_the_same_names_on_both_engines(string stack)
    {
        var settings = StackLoader.Read(new Workspace(Repository.Root), stack, "shop").Settings;
        var mocks = new RecordingMocks();

        var compose = Compose(ComposeWriter.Write(await StackFactory.GatherAsync(settings), ComposeProject.OptionsOf(stack)));
        await Deployment.TestWithServiceProviderAsync<Stack>(mocks,
            StackFactory.Provider(() => StackFactory.Make(new ContainerHost(settings.Naming, new FakeSecrets()), settings, ImageSource.Registry)),
            new TestOptions { ProjectName = "shop", StackName = stack, RootDirectory = StackRun.Root, IsPreview = false });

        // Pulumi carries files into a container, and a proxy's choice, by a volume, which Compose mounts from this machine or writes in place.
        string[] carried = ["-secrets", "-configs"];
        var volumes = Names(mocks, "docker:index/volume:Volume")
            .Where(name => !carried.Any(end => name.EndsWith(end, StringComparison.Ordinal)) && !name.Contains("-to-", StringComparison.Ordinal));
        Names(compose, "volumes").Should().NotBeEmpty().And.BeEquivalentTo(volumes);
        Names(compose, "networks").Should().NotBeEmpty().And.BeEquivalentTo(Names(mocks, "docker:index/network:Network"));
    }

    private static YamlMappingNode Compose(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private static IEnumerable<string> Names(YamlMappingNode compose, string kind)
        => ((YamlMappingNode)compose[kind]).Children.Values.Select(item => item["name"].ToString());

    private static IEnumerable<string> Names(RecordingMocks mocks, string type)
        => mocks.Inputs.Where(resource => resource.Key.Type == type).Select(resource => (string)resource.Value["name"]);
}
