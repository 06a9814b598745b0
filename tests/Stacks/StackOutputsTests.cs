using System.Collections.Immutable;
using Infra.Stacks;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Targets;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Infra.Tests.Stacks;

public sealed class StackOutputsTests
{
    private const string Dev =
        "config:\n  infra:environment: dev\n  infra:services: {web: {port: 8000}, rabbitmq: {port: 5672, managementPort: 15672}}\n";

    [Fact]
    public async Task The_addresses_are_those_that_a_person_opens()
        => (await OutputUtilities.GetValueAsync((await RunAsync()).Addresses)).Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["web"] = "http://127.0.0.1:8000",
            ["rabbitmq"] = "127.0.0.1:5672",
            ["rabbitmq:15672"] = "http://127.0.0.1:15672",
        });

    [Fact]
    public async Task Every_service_has_its_container()
    {
        var containers = await OutputUtilities.GetValueAsync((await RunAsync()).Containers);

        containers.Keys.Should().BeEquivalentTo("postgres", "redis", "rabbitmq", "web", "worker", "beat");
        containers["web"].Should().Be("shop-dev-web");
    }

    [Fact]
    public async Task The_applications_image_is_the_one_that_runs()
        => (await OutputUtilities.GetValueAsync((await RunAsync()).AppImage)).Should().Be("sha256:built-app");

    [Fact]
    public async Task Passwords_and_urls_are_there_and_are_secret()
    {
        var stack = await RunAsync();

        (await OutputUtilities.GetValueAsync(stack.Secrets)).Should().Contain("postgres-password", "POSTGRES-PASSWORD");
        (await OutputUtilities.GetValueAsync(stack.Urls)).Should().Contain("postgres", "postgresql://app:POSTGRES-PASSWORD@postgres:5432/app");
        (await Output.IsSecretAsync(stack.Secrets)).Should().BeTrue();
        (await Output.IsSecretAsync(stack.Urls)).Should().BeTrue();
    }

    [Fact]
    public async Task What_is_no_secret_is_shown()
    {
        var stack = await RunAsync();

        (await Output.IsSecretAsync(stack.Addresses)).Should().BeFalse();
        (await Output.IsSecretAsync(stack.Containers)).Should().BeFalse();
        (await Output.IsSecretAsync(stack.AppImage)).Should().BeFalse();
    }

    [Fact]
    public async Task They_are_registered_under_their_names()
    {
        var mocks = new OutputMocks();

        await RunAsync(mocks: mocks);

        mocks.Names.Should().BeEquivalentTo("addresses", "containers", "appImage", "secrets", "urls");
    }

    [Fact]
    public async Task Taking_note_resolves_no_secret()
    {
        var stack = await RunAsync(new RecordingHost());

        (await OutputUtilities.GetValueAsync(stack.Secrets)).Should().BeEmpty();
        (await Output.IsSecretAsync(stack.Secrets)).Should().BeTrue();
    }

    private static async Task<ServiceStack> RunAsync(IServiceHost? host = null, IMocks? mocks = null)
    {
        var settings = SettingsOf.Text(Dev);
        host ??= new ContainerHost(settings.Naming, new FakeSecrets());
        var resources = await Deployment.TestWithServiceProviderAsync<Stack>(mocks ?? new RecordingMocks(),
            StackFactory.Provider(() => StackFactory.Make(host, settings, ImageSource.Registry)),
            new TestOptions { ProjectName = "shop", StackName = "dev", RootDirectory = StackRun.Root, IsPreview = false });
        return resources.OfType<ServiceStack>().Single();
    }

    /// <summary>Notes the outputs of the stack.</summary>
    private sealed class OutputMocks : IMocks
    {
        private readonly RecordingMocks inner = new();

        public ImmutableArray<string> Names { get; private set; } = [];

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args) => inner.NewResourceAsync(args);

        public Task<object> CallAsync(MockCallArgs args) => inner.CallAsync(args);

        public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest request)
        {
            if (request.Urn?.Contains("pulumi:pulumi:Stack::", StringComparison.Ordinal) == true) Names = [.. request.Outputs.Keys];
            return Task.CompletedTask;
        }
    }
}
