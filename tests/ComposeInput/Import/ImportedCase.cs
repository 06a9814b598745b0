using Infra.Operations.ComposeEngine;
using Infra.Operations.ComposeInput.Import;
using Infra.Operations.ComposeInput.Import.Reports;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;
using Infra.Targets.Compose;
using Infra.Tests.Offline;
using Infra.Tests.Support;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Infra.Tests.ComposeInput.Import;

/// <summary>A case of the corpus, imported into a project of its own and loaded again.</summary>
internal sealed class ImportedCase : IDisposable
{
    private readonly TemporaryRoot root = new();

    private ImportedCase(string name) => Name = name;

    public string Name { get; }

    public static IEnumerable<string> Names =>
        Directory.EnumerateDirectories(Corpus).Where(folder =>
            File.Exists(Path.Combine(folder, "case.yaml"))).Select(Path.GetFileName).OfType<string>()
            .Order(StringComparer.Ordinal);

    public ComposeApplication Application { get; private set; } = null!;

    public ImportReport Report { get; private set; } = null!;

    public ImportResult Result => Report.Result;

    public Workspace Workspace => new(root.Path);

    /// <summary>The kinds that a person gave the services, several where more than one is right.</summary>
    public Dictionary<string, string[]> Kinds { get; } = new(StringComparer.Ordinal);

    /// <summary>The Compose file that the stack is written as.</summary>
    public string Compose { get; private set; } = "";

    private static string Corpus => Path.Combine(Repository.Root, "tests", "ComposeFiles", "corpus");

    public static async Task<ImportedCase> ImportAsync(string name, bool isProd)
    {
        var imported = new ImportedCase(name);
        await imported.RunAsync(isProd);
        return imported;
    }

    public void Dispose() => root.Dispose();

    private async Task RunAsync(bool isProd)
    {
        TemporaryRoot.Copy(Path.Combine(Corpus, Name), Path.Combine(root.Path, "project"));
        root.Write("Pulumi.yaml", $"name: {Name}\nruntime: dotnet\n");
        var reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).IgnoreUnmatchedProperties().Build();
        var truth = reader.Deserialize<Truth>(File.ReadAllText(Path.Combine(Corpus, Name, "case.yaml")));
        foreach (var (service, kind) in truth.Kinds) Kinds[service] = [kind, .. truth.Also.GetValueOrDefault(service) ?? []];
        var files = truth.Files.Select(file => Path.Combine(root.Path, "project", file));
        Application = await ComposeReader.ReadAsync(new Shell(root.Path), ComposeSource.Find([.. files]));
        var result = ComposeImport.From(Application, root.Path, "imported", isProd);
        ImportWriter.Write(Workspace, result, isForced: false);
        Report = new ImportReport(result, []);
        try
        {
            var stack = await StackLoader.LoadAsync(Workspace, "imported", images: ImageSource.Registry);
            Report = new ImportReport(result, [.. stack.Findings, .. StackReview.Find(ReviewedStack.From(Workspace, stack), ReviewPoints.Check)]);
            Compose = ComposeWriter.Write(stack.Topology, ComposeProject.OptionsOf("imported"));
            root.Write("compose.written.yaml", Compose);
        }
        catch (UserErrorException error)
        {
            Report = new ImportReport(result, [], error.Message);
        }
    }

    private sealed class Truth
    {
        public List<string> Files { get; set; } = [];

        public Dictionary<string, string> Kinds { get; set; } = [];

        public Dictionary<string, List<string>> Also { get; set; } = [];
    }
}
