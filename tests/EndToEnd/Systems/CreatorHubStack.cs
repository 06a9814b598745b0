namespace Infra.Tests.EndToEnd.Systems;

/// <summary>Tests on the running system: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CreatorHubCollection : ICollectionFixture<CreatorHubStack>
{
    public const string Name = "end to end, creator-hub";
}

public sealed class CreatorHubStack() : SystemStack("creator-hub", "samples/creator-hub", web: null)
{
    // The gateway's site.
    internal override string Host => "localhost";

    internal override void Prepare(Project project)
    {
        // The gateway alone is published.
        project.Set("proxy", "httpPort", project.WebPort.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
