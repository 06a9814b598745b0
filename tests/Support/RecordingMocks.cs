using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumi.Testing;

namespace Infra.Tests.Support;

/// <summary>An engine that notes what is registered and hands the inputs back as outputs. A type it does not know is a mistake.</summary>
internal sealed class RecordingMocks : IMocks
{
    private readonly ConcurrentDictionary<(string Type, string Name), ImmutableDictionary<string, object>> inputs = new();

    /// <summary>The exit code of every container.</summary>
    public int ExitCode { get; init; }

    /// <summary>Whether an id changes when the engine would have to replace the object, instead of being always the same.</summary>
    public bool NewIds { get; init; }

    /// <summary>The resource that has another id than the last time, though nothing of it changed.</summary>
    public string? MadeAgain { get; init; }

    /// <summary>The digest of the build of that name, where a test wants another one.</summary>
    public IReadOnlyDictionary<string, string> Built { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<(string Type, string Name), ImmutableDictionary<string, object>> Inputs => inputs;

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        var type = args.Type ?? "";
        var name = args.Name ?? "";
        if (!inputs.TryAdd((type, name), args.Inputs)) throw new InvalidOperationException($"{type} '{name}' is registered twice.");
        var id = NewIds ? $"{name}-{Provider.Identity(type, args.Inputs)}" : name + "-id";
        return Task.FromResult<(string?, object)>((name == MadeAgain ? id + "-again" : id, args.Inputs.SetItems(Computed(type, name))));
    }

    public Task<object> CallAsync(MockCallArgs args) => throw new InvalidOperationException($"Nothing here calls {args.Token}.");

    private IEnumerable<KeyValuePair<string, object>> Computed(string type, string name) => type switch
    {
        "docker:index/container:Container" => [KeyValuePair.Create<string, object>("exitCode", ExitCode)],
        "docker:index/remoteImage:RemoteImage" => [KeyValuePair.Create<string, object>("imageId", $"sha256:{name}")],
        "docker:index/image:Image" => [KeyValuePair.Create<string, object>("repoDigest", Built.GetValueOrDefault(name, $"sha256:built-{name}"))],
        "docker:index/network:Network" or "docker:index/volume:Volume" => [],
        _ when type.StartsWith("infra:components:", StringComparison.Ordinal) => [],
        _ => throw new InvalidOperationException($"{type} is a type that nothing here should register."),
    };
}
