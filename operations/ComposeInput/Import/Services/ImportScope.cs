using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Operations.ComposeInput.Import.Outcomes;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Recognition;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>What the parts of an import have in common.</summary>
internal sealed class ImportScope
{
    private readonly Dictionary<string, Ledger> ledgers = new(StringComparer.Ordinal);
    private readonly string stack;

    /// <param name="application">What the files describe.</param>
    /// <param name="root">The project's root, which paths are relative to.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="isProd">Whether it is a prod stack.</param>
    public ImportScope(ComposeApplication application, string root, string stack, bool isProd)
    {
        (Application, Root, this.stack, IsProd) = (application, root, stack, isProd);
        Recognizer = new Recognizer(application);
        Plans = ServicePlans.Make(application, Recognizer);
        Top = new Ledger("", new JsonObject(application.Document.Where(entry => !IsSection(entry.Key))
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()))));
    }

    public ComposeApplication Application { get; }

    public string Root { get; }

    public bool IsProd { get; }

    public Recognizer Recognizer { get; }

    public ImmutableArray<ServicePlan> Plans { get; }

    /// <summary>How images start that the engine has, by their names: ENTRYPOINT and CMD.</summary>
    public ImmutableDictionary<string, ImageStart> Starts { get; init; } = ImmutableDictionary<string, ImageStart>.Empty;

    /// <summary>How an image starts; nothing where that is not known.</summary>
    public ImageStart? StartOf(string? image) => image is null ? null : Starts.GetValueOrDefault(image) ?? KnownStart.Of(image);

    /// <summary>The values that go into <c>.secrets</c>.</summary>
    public SecretValues Secrets { get; } = new();

    /// <summary>Names of volumes in the settings, and those that the engine knows them by.</summary>
    public SortedDictionary<string, string> Volumes { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that the settings need and that only the Compose file has, by their paths below the root.</summary>
    public SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Findings that would come of what is carried on purpose, with the reasons.</summary>
    public SortedDictionary<string, string> Waivers { get; } = new(StringComparer.Ordinal);

    /// <summary>What became of the file's own keys.</summary>
    public Ledger Top { get; }

    /// <summary>What became of an entry of <c>networks</c>, <c>volumes</c>, <c>secrets</c>, <c>configs</c>.</summary>
    public Ledger LedgerOf(string section, string name)
    {
        var place = $"{section}.{name}";
        if (ledgers.TryGetValue(place, out var known)) return known;
        var keys = (Application.Document[section] as JsonObject)?[name] as JsonObject;
        return ledgers[place] = new Ledger(place, keys?.DeepClone() as JsonObject ?? []);
    }

    /// <summary>Every ledger, in the order of the file.</summary>
    public IEnumerable<Ledger> Ledgers => [.. Plans.Select(plan => plan.Ledger), .. ledgers.Values, Top];

    /// <summary>Where a file that is written for the stack lies below the root.</summary>
    public string FileOf(string name) => $"config/{stack}/{name}";

    public ServicePlan? Find(string service) => Plans.FirstOrDefault(plan => plan.Name == service);

    /// <summary>A path as the settings have it: relative to the root where it lies below or beside it.</summary>
    public string PathOf(string path)
    {
        if (!Path.IsPathRooted(path)) return path;
        var relative = Path.GetRelativePath(Root, path).Replace('\\', '/');
        return relative.StartsWith("../../../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? path : relative;
    }

    /// <summary>Whether a path lies below the root.</summary>
    public bool IsBelow(string path) => Path.GetRelativePath(Root, path) is var relative && relative != ".."
        && !relative.StartsWith("../", StringComparison.Ordinal);

    private static bool IsSection(string key) => key is "services" or "networks" or "volumes" or "secrets" or "configs";
}
