using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Infra.Operations.ComposeInput.Reading;

/// <summary>What Compose files describe, in Compose's canonical form, and where it stands in them.</summary>
public sealed class ComposeApplication
{
    /// <param name="source">The files.</param>
    /// <param name="document">What <c>docker compose config --format json</c> wrote.</param>
    /// <param name="lines">The lines of the files.</param>
    public ComposeApplication(ComposeSource source, JsonObject document, SourceLines lines)
    {
        (Source, Document, Lines) = (source, document, lines);
        Services = [.. Section("services").Select(service => new ComposeService(service.Key, service.Value as JsonObject ?? []))];
    }

    /// <summary>The files.</summary>
    public ComposeSource Source { get; }

    /// <summary>Compose's canonical form.</summary>
    public JsonObject Document { get; }

    /// <summary>Where each key stands.</summary>
    public SourceLines Lines { get; }

    /// <summary>The name of the project: of its containers, networks and volumes where these have none of their own.</summary>
    public string Name => Document["name"]?.GetValue<string>() ?? "";

    /// <summary>The services, by name.</summary>
    public ImmutableArray<ComposeService> Services { get; }

    /// <summary>The service of that name, if there is one.</summary>
    public ComposeService? Find(string name) => Services.FirstOrDefault(service => service.Name == name);

    /// <summary>The service that builds a service's image: itself, another that builds an image of that name, or itself where none does.</summary>
    public ComposeService BuilderOf(ComposeService service) =>
        service.At("build") is null && service.Text("image") is { } image
            && Services.FirstOrDefault(other => other.Text("image") == image && other.At("build") is not null) is { } builder
            ? builder
            : service;

    /// <summary>A section of the document (<c>volumes</c>), its entries by name; empty where there is none.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Section(string name) => Document[name] as JsonObject ?? [];

    /// <summary>The name by which the engine knows a volume, a network, a secret or a configuration.</summary>
    public string PhysicalName(string section, string name) =>
        (Document[section] as JsonObject)?[name]?["name"]?.GetValue<string>() ?? $"{Name}_{name}";

    /// <summary>Whether it is made and removed by something else.</summary>
    public bool IsExternal(string section, string name) => (Document[section] as JsonObject)?[name]?["external"]?.GetValue<bool>() ?? false;

    /// <summary>A path as the folder of the first file has it, where it lies below that; else as it is.</summary>
    public string Relative(string path)
    {
        if (!Path.IsPathRooted(path)) return path;
        var relative = Path.GetRelativePath(Source.Folder, path);
        return relative.Split('/')[0] == ".." ? path : relative;
    }
}
