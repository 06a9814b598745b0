using System.Collections.Concurrent;
using System.Collections.Immutable;
using Infra.Stacks;
using Pulumi;
using Pulumi.Testing;

namespace Infra.Tests.Support;

/// <summary>Runs a program under the mock engine and keeps what it registered.</summary>
internal sealed class StackRun
{
    /// <summary>The project's root that the program sees.</summary>
    public const string Root = "/srv/shop";

    private readonly ImmutableArray<Registered> resources;

    private StackRun(IEnumerable<Registered> resources) => this.resources = [.. resources];

    public IReadOnlyList<Registered> All => resources;

    public IEnumerable<Registered> Containers => Of("docker:index/container:Container");

    public static async Task<StackRun> OfAsync(Action make, RecordingMocks? mocks = null, bool preview = false, string root = Root)
    {
        mocks ??= new RecordingMocks();
        var seen = new ConcurrentDictionary<Resource, ResourceTransformationArgs>();
        var stack = StackFactory.Provider(() => new AnyStack(make, args => seen[args.Resource] = args));
        await Deployment.TestWithServiceProviderAsync<AnyStack>(mocks, stack,
            new TestOptions { ProjectName = "shop", StackName = "dev", IsPreview = preview, RootDirectory = root });
        return new StackRun(seen.Values.Where(args => args.Resource is not Stack).Select(args => Join(args, seen, mocks)));
    }

    public IEnumerable<Registered> Of(string type) => resources.Where(resource => resource.Type == type);

    public Registered Container(string name) => Containers.Single(container => container.Name == name);

    public Registered Network(string name) => Of("docker:index/network:Network").Single(network => network.Name == name);

    public Registered Volume(string name) => Of("docker:index/volume:Volume").Single(volume => volume.Name == name);

    public Registered Image(string name) => Of("docker:index/image:Image").Single(image => image.Name == name);

    private static Registered Join(
        ResourceTransformationArgs args,
        IReadOnlyDictionary<Resource, ResourceTransformationArgs> seen,
        RecordingMocks mocks
    )
    {
        var (type, name) = (args.Resource.GetResourceType(), args.Resource.GetResourceName());
        var above = args.Options.Parent is { } parent and not Stack ? Join(seen[parent], seen, mocks) : null;
        return new Registered(type, name, mocks.Inputs[(type, name)], args.Args, args.Options, above);
    }

    private sealed class AnyStack : Stack
    {
        public AnyStack(Action make, Action<ResourceTransformationArgs> see)
            : base(new StackOptions { ResourceTransformations = { Seeing(see) } }) => make();

        private static ResourceTransformation Seeing(Action<ResourceTransformationArgs> see) => args =>
        {
            see(args);
            return null;
        };
    }
}
