using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Targets.Compose;

/// <summary>A file as Compose knows it: by a key at the top, from a path or with its content in place.</summary>
internal sealed record FileEntry(string Key, string? Path, Template Content)
{
    public bool IsSecret => Content.HasSecrets;
}

/// <summary>Which key and which place each file of each service has.</summary>
internal sealed class FilePlan
{
    private readonly Dictionary<(string Service, string Path), FileEntry> entries = [];

    /// <summary>Every file once, by key.</summary>
    public ImmutableArray<FileEntry> Entries => [.. entries.Values.Distinct().OrderBy(entry => entry.Key, StringComparer.Ordinal)];

    public FileEntry this[ServiceSpec service, ServiceFile file] => entries[(service.Name, file.Path)];

    public static FilePlan For(Topology topology, ComposeOptions options)
    {
        var plan = new FilePlan();
        var uses = topology.Services.SelectMany(service => service.Files.Select(file => new Use(service, file))).ToList();
        var secrets = uses.Where(use => use.Only is not null).Select(use => use.Only!.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var use in uses.Where(use => use.Only is not null))
            // A copy, since a file written by hand may be closed to the container's user, or end in a line break.
            plan.Add(use, new FileEntry(use.Only!.Name, $"{options.RenderedDirectory}/{use.Only.Name}", Template.From($"{use.Only}")));
        foreach (var sameName in uses.Where(use => use.Only is null).GroupBy(use => (use.File.IsSecret, Key(use.File))))
            plan.Add([.. sameName], sameName.Key.Item2, secrets, options);
        plan.RefuseAmbiguity();
        return plan;
    }

    // One name for one content; the service's name before it where services have different contents under one name.
    private void Add(ImmutableArray<Use> uses, string name, HashSet<string> taken, ComposeOptions options)
    {
        var isSecret = uses[0].File.IsSecret;
        var isShared = uses.All(use => use.File.Content.Equals(uses[0].File.Content)) && !(isSecret && taken.Contains(name));
        foreach (var use in uses)
        {
            var key = isShared ? name : $"{use.Service.Name}-{name}";
            // Content in the Compose file itself is copied into the container, which a read-only root refuses.
            var isFile = isSecret || (isShared ? uses.Any(other => other.Service.ReadOnly) : use.Service.ReadOnly);
            var folder = isSecret ? options.RenderedDirectory : options.ConfigsDirectory;
            Add(use, new FileEntry(key, isFile ? $"{folder}/{key}" : null, use.File.Content));
        }
    }

    private void Add(Use use, FileEntry entry) => entries[(use.Service.Name, use.File.Path)] = entry;

    private void RefuseAmbiguity()
    {
        var twice = Entries.GroupBy(entry => (entry.IsSecret, entry.Key)).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
            throw new InvalidOperationException(
                $"Two files with different contents would both be called '{twice.Key.Key}' in the Compose file. Rename one."
            );
    }

    private static string Key(ServiceFile file) => file.Name.Replace('/', '-');

    private sealed record Use(ServiceSpec Service, ServiceFile File)
    {
        /// <summary>The secret that is the whole content, if it is.</summary>
        public Secret? Only => File.Content.Only;
    }
}
