using Pulumi;

namespace Infra.Tests.Sdk;

internal sealed class SampleProvider(string name, CustomResourceOptions? options = null)
    : ProviderResource("sample", name, new SampleProviderArgs(), options);

internal sealed class SampleProviderArgs : ResourceArgs;
