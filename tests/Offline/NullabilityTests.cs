using System.Reflection;
using Pulumi.Docker;

namespace Infra.Tests.Offline;

public sealed class NullabilityTests
{
    [Theory]
    [InlineData(typeof(Container), nameof(Container.Restart))]
    [InlineData(typeof(Container), nameof(Container.User))]
    [InlineData(typeof(Container), nameof(Container.NetworkMode))]
    [InlineData(typeof(Container), nameof(Container.Capabilities))]
    [InlineData(typeof(Container), nameof(Container.LogOpts))]
    [InlineData(typeof(Volume), nameof(Volume.Cluster))]
    [InlineData(typeof(RemoteImage), nameof(RemoteImage.Platform))]
    public void Lets_a_result_be_null_that_the_provider_may_leave_out(Type resource, string property) =>
        StateOf(resource, property).Should().Be(NullabilityState.Nullable);

    [Theory]
    [InlineData(typeof(Container), nameof(Container.Name))]
    [InlineData(typeof(Container), nameof(Container.Image))]
    [InlineData(typeof(Container), nameof(Container.Healthcheck))]
    [InlineData(typeof(Container), nameof(Container.Platform))]
    [InlineData(typeof(Network), nameof(Network.Options))]
    [InlineData(typeof(Volume), nameof(Volume.Mountpoint))]
    [InlineData(typeof(RemoteImage), nameof(RemoteImage.ImageId))]
    public void Promises_a_result_that_the_provider_always_gives(Type resource, string property) =>
        StateOf(resource, property).Should().Be(NullabilityState.NotNull);

    private static NullabilityState StateOf(Type resource, string property) =>
        new NullabilityInfoContext().Create(resource.GetProperty(property)!).GenericTypeArguments.Single().ReadState;
}
