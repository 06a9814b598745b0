using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.Engine;
using Infra.Tests.Offline;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Infra.Tests.ComposeInput;

/// <summary>One project of the corpus: its Compose files, and what a careful reader says of them.</summary>
internal sealed record CorpusCase(string Name, CorpusTruth Truth)
{
    public static string Root { get; } = Repository.PathOf("tests", "ComposeFiles", "corpus");

    public string Folder => Path.Combine(Root, Name);

    public ComposeSource Source => new([.. Truth.Files.Select(file => Path.Combine(Folder, file))]);

    public static IEnumerable<string> Names =>
        Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public static CorpusCase Load(string name)
    {
        using var text = File.OpenText(Path.Combine(Root, name, "case.yaml"));
        var reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        return new CorpusCase(name, reader.Deserialize<CorpusTruth>(text));
    }

    public Task<ComposeApplication> ReadAsync() => ComposeReader.ReadAsync(new Shell(Folder), Source);
}

/// <summary>A case's <c>case.yaml</c>.</summary>
internal sealed class CorpusTruth
{
    public string Title { get; set; } = "";

    public List<string> Files { get; set; } = [];

    public List<string> Profiles { get; set; } = [];

    public Dictionary<string, string> Kinds { get; set; } = [];

    /// <summary>Other readings of a service that are no mistake.</summary>
    public Dictionary<string, List<string>> Also { get; set; } = [];

    public List<CorpusFinding> Expect { get; set; } = [];

    public List<CorpusFinding> Silent { get; set; } = [];
}

/// <summary>What is found of a service, or of the whole file where it names none.</summary>
internal sealed class CorpusFinding
{
    public string? Service { get; set; }

    public string? Rule { get; set; }

    public string What { get; set; } = "";
}
