using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi;
using Pulumi.Docker;
using Pulumi.Docker.Inputs;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Infra.Tests.Offline;

/// <summary>What the generated classes say to the SDK, seen through its mock engine.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task Sends_arguments_under_the_names_of_the_schema()
    {
        var inputs = await RegisterAsync(() => new Container("web", new ContainerArgs
        {
            Image = "web:1",
            Envs = { "A=1" },
            Sysctls = { ["net.core.somaxconn"] = "1024" },
            Ports = { new ContainerPortArgs { Internal = 8000, Ip = "127.0.0.1" } },
        }));

        inputs.Keys.Should().BeEquivalentTo("image", "envs", "sysctls", "ports");
        inputs["ports"].Should().BeOfType<ImmutableArray<object>>().Which.Single()
            .Should().BeEquivalentTo(new Dictionary<string, object> { ["internal"] = 8000d, ["ip"] = "127.0.0.1" });
    }

    [Fact]
    public async Task Sends_the_builder_version_as_its_word()
    {
        var inputs = await RegisterAsync(() => new Image("app", new ImageArgs
        {
            ImageName = "app:1",
            Build = new DockerBuildArgs { BuilderVersion = BuilderVersion.BuilderBuildKit },
        }));

        inputs["build"].Should().BeEquivalentTo(new Dictionary<string, object> { ["builderVersion"] = "BuilderBuildKit" });
        inputs.Should().Contain("buildOnPreview", false).And.Contain("skipPush", false);
    }

    [Fact]
    public async Task Sends_a_providers_structured_settings_as_text()
    {
        var inputs = await RegisterAsync(() => new Provider("registry", new ProviderArgs
        {
            Host = "unix:///var/run/docker.sock",
            RegistryAuth = { new ProviderRegistryAuthArgs { Address = "registry.example", Username = "me" } },
        }));

        inputs["registryAuth"].Should().BeOfType<string>().Which.Should().Contain("registry.example");
    }

    [Fact]
    public async Task Reads_nested_results()
    {
        Container? container = null;
        await RegisterAsync(() => container = new Container("web", new ContainerArgs
        {
            Image = "web:1",
            Ports = { new ContainerPortArgs { Internal = 8000, Ip = "127.0.0.1" } },
        }));

        var ports = await OutputUtilities.GetValueAsync(container!.Ports);

        ports.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Internal = 8000, External = (int?)null, Ip = "127.0.0.1" });
    }

    [Fact]
    public async Task Fills_in_the_version_and_hides_what_is_secret()
    {
        var options = new ConcurrentQueue<CustomResourceOptions>();
        await RegisterAsync(() => new Pulumi.Docker.Secret("password", new SecretArgs { Data = "cGFzcw==" }, new CustomResourceOptions
        {
            Protect = true,
            ResourceTransformations =
            {
                seen =>
                {
                    options.Enqueue((CustomResourceOptions)seen.Options);
                    return null;
                },
            },
        }));

        var merged = options.Should().ContainSingle().Which;
        merged.Version.Should().Be("5.1.0");
        merged.PluginDownloadURL.Should().BeNull();
        merged.Protect.Should().BeTrue();
        merged.AdditionalSecretOutputs.Should().Contain("data");
    }

    private static async Task<ImmutableDictionary<string, object>> RegisterAsync(Action register)
    {
        var mocks = new Echo();
        await Deployment.TestAsync(mocks, new TestOptions { IsPreview = false }, register);
        return mocks.Inputs.Should().ContainSingle().Which;
    }

    private sealed class Echo : IMocks
    {
        public ConcurrentQueue<ImmutableDictionary<string, object>> Inputs { get; } = [];

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
        {
            Inputs.Enqueue(args.Inputs);
            return Task.FromResult<(string?, object)>((args.Name + "-id", args.Inputs));
        }

        public Task<object> CallAsync(MockCallArgs args) => throw new NotSupportedException();
    }
}
