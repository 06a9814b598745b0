using Infra.Tests.Offline;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests.Workflows;

/// <summary>A workflow of <c>.github/workflows</c>, read as YAML.</summary>
internal sealed class WorkflowFile
{
    private static readonly string Folder = Path.Combine(Repository.Root, ".github", "workflows");

    private WorkflowFile(string path)
    {
        Text = File.ReadAllText(path);
        var stream = new YamlStream();
        stream.Load(new StringReader(Text));
        Root = (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public string Text { get; }

    public YamlMappingNode Root { get; }

    public IEnumerable<(string Name, YamlMappingNode Job)> Jobs =>
        ((YamlMappingNode)Root["jobs"]).Children.Select(job => (job.Key.ToString(), (YamlMappingNode)job.Value));

    public IEnumerable<YamlMappingNode> Steps => Jobs.SelectMany(job => (YamlSequenceNode)job.Job["steps"]).Cast<YamlMappingNode>();

    public IEnumerable<string> Scripts => Steps.Select(step => Value(step, "run")).OfType<string>();

    public static WorkflowFile Read(string name) => new(Path.Combine(Folder, name));

    public static string? Value(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    public static IEnumerable<string> Keys(YamlNode node) => ((YamlMappingNode)node).Children.Keys.Select(key => key.ToString());
}
