using System.Text.Json.Nodes;
using Infra.Operations.ComposeInput.Import;
using Infra.Operations.ComposeInput.Import.Outcomes;
using Infra.Operations.ComposeInput.Reading;
using Infra.Tests.Support;

namespace Infra.Tests.ComposeInput.Import;

/// <summary>Each key of the Compose Specification, written alone, changes the settings or is named in the report: none is dropped in
/// silence.</summary>
public sealed class EveryKeyTests : IDisposable
{
    private const string Database = """{"image":"acme/db:1.2.3","healthcheck":{"test":["CMD","ask"]}}""";

    private readonly TemporaryRoot root = new();

    public static TheoryData<string, string> Services => new()
    {
        { "a container", """{"image":"acme/search:1.2.3"}""" },
        { "a web server", """{"image":"acme/shop:1.2.3","command":["gunicorn","shop.wsgi"],"ports":[{"target":8000,"published":"8000"}]}""" },
        { "a worker", """{"image":"acme/shop:1.2.3","command":["celery","-A","shop","worker"]}""" },
        { "a Postgres", """{"image":"postgres:16.4","environment":{"POSTGRES_PASSWORD":"something long"}}""" },
        { "a Redis", """{"image":"redis:7.4.1"}""" },
        { "a RabbitMQ", """{"image":"rabbitmq:4.0.5"}""" },
    };

    public void Dispose() => root.Dispose();

    [Theory, MemberData(nameof(Services))]
    public void No_key_of_a_service_is_dropped_in_silence(string kind, string service)
    {
        var silent = SchemaKeys.Of("service").Where(path => IsSilent(service, path)).ToArray();

        silent.Should().BeEmpty($"each key of {kind} is told of");
    }

    [Theory]
    [InlineData("network", "networks")]
    [InlineData("volume", "volumes")]
    [InlineData("secret", "secrets")]
    [InlineData("config", "configs")]
    public void No_key_beside_the_services_is_dropped_in_silence(string definition, string section)
    {
        var silent = SchemaKeys.Of(definition).Where(path => path is not ("name" or "external.name")).Where(path =>
        {
            var (with, without) = SchemaKeys.Objects(path);
            return Told(Beside(section, with)) == Told(Beside(section, without));
        });

        silent.Should().BeEmpty();
    }

    [Fact]
    public void A_key_that_nobody_knows_is_named()
    {
        var result = Import(Document("""{"image":"acme/search:1.2.3","gadgets":{"speed":"fast"}}""", []));

        result.Outcomes.Should().ContainSingle(outcome => outcome.Place == "services.one" && outcome.Key == "gadgets.speed").Which.Should()
            .Match<KeyOutcome>(outcome => outcome.Kind == OutcomeKind.NotCarried && outcome.Is.Contains("does not know the key"));
    }

    private bool IsSilent(string service, string path)
    {
        var (with, without) = SchemaKeys.Objects(path);
        // What is a part of something that is refused as a whole is named with it.
        return Told(Document(service, with)) == Told(Document(service, without)) && !Import(Document(service, with)).Outcomes.Any(outcome =>
            outcome.Kind == OutcomeKind.NotCarried && outcome.Place == "services.one"
            && path.StartsWith(outcome.Key.Replace("[0]", "[]", StringComparison.Ordinal) + ".", StringComparison.Ordinal));
    }

    private string Told(JsonObject document)
    {
        var result = Import(document);
        return result.Settings + string.Join('\n', result.Outcomes);
    }

    private ImportResult Import(JsonObject document) => ComposeImport.From(
        new ComposeApplication(new ComposeSource([Path.Combine(root.Path, "compose.yaml")]), document, SourceLines.Read([])), root.Path, "one",
            isProd: false);

    private static JsonObject Beside(string section, JsonObject entry)
    {
        var document = Document("""{"image":"acme/search:1.2.3"}""", []);
        var (name, use) = section switch
        {
            "networks" => ("front", """{"networks":{"front":null}}"""),
            "volumes" => ("files", """{"volumes":[{"type":"volume","source":"files","target":"/files"}]}"""),
            "secrets" => ("token", """{"secrets":[{"source":"token"}]}"""),
            _ => ("settings", """{"configs":[{"source":"settings"}]}"""),
        };
        document[section]![name] = entry;
        foreach (var (key, value) in (JsonObject)JsonNode.Parse(use)!) document["services"]!["one"]![key] = value?.DeepClone();
        return document;
    }

    private static JsonObject Document(string service, JsonObject keys)
    {
        var one = (JsonObject)JsonNode.Parse(service)!;
        foreach (var (key, value) in keys) one[key] = value?.DeepClone();
        return new JsonObject
        {
            ["name"] = "shop",
            ["services"] = new JsonObject { ["one"] = one, ["db"] = JsonNode.Parse(Database) },
            ["networks"] = JsonNode.Parse("""{"default":{"name":"shop_default"},"front":{"name":"shop_front"}}"""),
            ["volumes"] = JsonNode.Parse("""{"files":{"name":"shop_files"},"others":{"name":"shop_others"}}"""),
            ["secrets"] = JsonNode.Parse("""{"token":{"name":"shop_token"}}"""),
            ["configs"] = JsonNode.Parse("""{"settings":{"name":"shop_settings","content":"on"}}"""),
        };
    }
}
