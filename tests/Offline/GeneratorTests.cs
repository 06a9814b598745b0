using Generator;
using Infra.Tests.Support;

namespace Infra.Tests.Offline;

public sealed class GeneratorTests
{
    // One of everything that the schema has: what is required, a list, a map, a nested type, a choice, a secret, a word that C# reserves.
    private const string Sample = """
        {
          "version": "1.2.3",
          "provider": { "inputs": { "host": "string", "registryAuth": { "array": { "ref": "Credentials" } } } },
          "resources": {
            "docker:index/engine:Engine": {
              "inputs": {
                "name": "string",
                "mode": { "ref": "Mode" },
                "labels": { "map": "string" },
                "ports": { "array": { "ref": "EnginePort" } }
              },
              "requiredInputs": ["name", "ports"],
              "outputs": {
                "name": "string",
                "namespace": "string",
                "labels": { "map": "string" },
                "ports": { "array": { "ref": "EnginePort" } }
              },
              "requiredOutputs": ["name"],
              "secrets": ["name"]
            }
          },
          "types": {
            "docker:index/EnginePort:EnginePort": {
              "properties": { "internal": "integer", "open": "boolean" }, "required": ["internal"]
            },
            "docker:index/Credentials:Credentials": { "properties": { "address": "string" }, "required": [] },
            "docker:index/Mode:Mode": { "enum": ["Fast", "Safe"] }
          }
        }
        """;

    [Fact]
    public void Writes_each_kind_of_type_as_the_published_package_has_it() =>
        Snapshot.Match(SourceFile.From(Assembly.TypesOf(Schema.Read(Sample))), "OfflineSource", "txt");

    [Fact]
    public async Task Writes_the_same_text_every_time()
    {
        using var folder = new TemporaryFolder();

        foreach (var file in new[] { "first.cs", "second.cs" })
        {
            var run = await GenerateAsync(Repository.PathOf("offline", "docker-schema.json"), folder.PathOf(file));
            run.Should().Be(new Command(0, "", ""));
        }

        var text = await File.ReadAllTextAsync(folder.PathOf("first.cs"));
        text.Should().Contain("public partial class Container : global::Pulumi.CustomResource");
        text.Should().Be(await File.ReadAllTextAsync(folder.PathOf("second.cs")));
    }

    [Theory]
    [InlineData("{", "(1,2): error : The file is no JSON: *")]
    [InlineData("""{ "version": "1" }""", " : error : The schema has no 'types' where it needs one.\n")]
    [InlineData("""{ "version": "1", "types": {}, "provider": { "inputs": { "host": "text" } }, "resources": {} }""",
        " : error : The schema has a type of an unknown name: text.\n")]
    [InlineData("""{ "version": "1", "types": {}, "provider": { "inputs": { "host": { "set": "string" } } }, "resources": {} }""",
        " : error : The schema has a shape of an unknown kind: set.\n")]
    public async Task Says_what_is_wrong_with_a_schema_and_leaves_the_source_as_it_was(string schema, string said)
    {
        using var folder = new TemporaryFolder();
        folder.Write("schema.json", schema);
        folder.Write("source.cs", "as it was");

        var run = await GenerateAsync(folder.PathOf("schema.json"), folder.PathOf("source.cs"));

        run.ExitCode.Should().Be(1);
        run.Error.Should().Match(folder.PathOf("schema.json") + said);
        Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo("schema.json", "source.cs");
        (await File.ReadAllTextAsync(folder.PathOf("source.cs"))).Should().Be("as it was");
    }

    private static Task<Command> GenerateAsync(string schema, string source) =>
        Command.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "Generator.dll"), schema, source], new Dictionary<string, string?>());
}
