using System.Collections.Concurrent;
using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Shapes;

/// <summary>A public application's set-up as its settings file has it: what it runs, and what is found of it.</summary>
internal sealed class Shape : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Shape>>> Loaded = new(StringComparer.Ordinal);

    private readonly TemporaryRoot root = new();

    private Shape(string name) => Name = name;

    public string Name { get; }

    public Settings Settings { get; private set; } = null!;

    public Topology Topology { get; private set; } = null!;

    public ImmutableArray<Finding> Findings { get; private set; }

    /// <summary>What must be true of its services, as <see cref="Facts"/> has it.</summary>
    public ImmutableArray<string> Expected =>
        [.. File.ReadLines(Path.Combine(Root, "expected.txt")).Select(line => line.TrimEnd()).Where(line => line.Length > 0 && line[0] != '#')];

    public string Root => root.Path;

    public ServiceSpec this[string service] => Topology.Find(service) ?? throw new InvalidOperationException($"{Name} runs no '{service}'.");

    /// <summary>The set-up, loaded once.</summary>
    public static Task<Shape> OfAsync(string name) => Loaded.GetOrAdd(name, each => new Lazy<Task<Shape>>(() => LoadAsync(each))).Value;

    public void Dispose() => root.Dispose();

    private static async Task<Shape> LoadAsync(string name)
    {
        var shape = new Shape(name);
        TemporaryRoot.Copy(Path.Combine(Repository.Root, "tests", "Shapes", name), shape.Root);
        File.WriteAllText(Path.Combine(shape.Root, "Pulumi.yaml"), $"name: {name}\nruntime: dotnet\n");
        // What has an absolute path on the original's machine lies in the copy here.
        var settings = Path.Combine(shape.Root, $"Pulumi.{name}.yaml");
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("[/opt/", $"[{shape.Root}/opt/", StringComparison.Ordinal));
        try
        {
            var stack = await StackLoader.LoadAsync(new Workspace(shape.Root), name, images: ImageSource.Registry);
            (shape.Settings, shape.Topology, shape.Findings) = (stack.Settings, stack.Topology, stack.Findings);
            return shape;
        }
        catch (UserErrorException error)
        {
            throw new InvalidOperationException($"{name}: {error}", error);
        }
    }
}
