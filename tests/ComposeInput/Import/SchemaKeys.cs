using System.Text.Json.Nodes;
using Infra.Tests.Offline;

namespace Infra.Tests.ComposeInput.Import;

/// <summary>Every key of the Compose Specification, with a value that it could have in Compose's canonical form.</summary>
internal static class SchemaKeys
{
    private static readonly JsonObject Schema =
        (JsonObject)JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests/ComposeFiles/spec/compose-spec.json")))!;

    // What stands beside a key so that it means something.
    private static readonly (string Prefix, string Siblings)[] Around =
    [
        ("volumes[].bind", """{"type":"bind","source":"/srv/code","target":"/srv"}"""),
        ("volumes[].tmpfs", """{"type":"tmpfs","target":"/cache"}"""),
        ("volumes[]", """{"type":"volume","source":"files","target":"/files"}"""),
        ("ports[]", """{"target":8080,"published":"9090"}"""),
        ("secrets[]", """{"source":"token"}"""),
        ("configs[]", """{"source":"settings"}"""),
        ("depends_on.*", """{"condition":"service_started"}"""),
        ("healthcheck", """{"test":["CMD","true"]}"""),
        ("build", """{"context":"/srv/code"}"""),
        ("devices[]", """{"source":"/dev/fuse"}"""),
        ("deploy.resources.reservations.devices[]", """{"capabilities":["gpu"]}"""),
        ("gpus[]", """{"capabilities":["gpu"]}"""),
    ];

    private static readonly Dictionary<string, string> Samples = new(StringComparer.Ordinal)
    {
        ["command"] = """["serve","--all"]""",
        ["entrypoint"] = """["/start.sh"]""",
        ["healthcheck.test"] = """["CMD","check"]""",
        ["healthcheck.disable"] = "true",
        ["volumes[].type"] = "\"tmpfs\"",
        ["volumes[].target"] = "\"/elsewhere\"",
        ["ports[].target"] = "80",
        ["ports[].published"] = "\"9191\"",
        ["ports[].mode"] = "\"host\"",
        ["ports[].protocol"] = "\"udp\"",
        ["ports[].host_ip"] = "\"127.0.0.1\"",
        ["restart"] = "\"on-failure:3\"",
        ["deploy.restart_policy.condition"] = "\"on-failure\"",
        ["user"] = "\"1000\"",
        ["working_dir"] = "\"/work\"",
        ["depends_on.*.required"] = "false",
        ["volumes[].bind.create_host_path"] = "false",
        ["platform"] = "\"linux/amd64\"",
        ["cap_add"] = """["SYS_PTRACE"]""",
        ["extra_hosts"] = """["host.docker.internal=host-gateway"]""",
        ["tmpfs"] = """["/run/x"]""",
        ["stop_grace_period"] = "\"1m30s\"",
        ["links"] = """["db:database"]""",
        ["sysctls"] = """{"net.core.somaxconn":"1024"}""",
        ["logging.options"] = """{"max-size":"1m"}""",
        ["environment"] = """{"MODE":"fast"}""",
        ["build.args"] = """{"VERSION":"1"}""",
        ["expose"] = """["7000"]""",
        ["scale"] = "2",
        ["deploy.replicas"] = "2",
        ["ulimits.*.hard"] = "20",
        ["ulimits.*.soft"] = "10",
        ["volumes[].source"] = "\"others\"",
        ["build.dockerfile"] = "\"Other.Dockerfile\"",
        ["gpus"] = "\"all\"",
        ["depends_on.*.condition"] = "\"service_healthy\"",
        ["depends_on.*.restart"] = "true",
        ["stop_signal"] = "\"SIGINT\"",
        ["secrets[].source"] = "\"key\"",
        ["configs[].source"] = "\"limits\"",
        ["depends_on"] = """{"db":{"condition":"service_started"}}""",
        ["networks"] = """{"front":null}""",
        ["external"] = "true",
    };

    /// <summary>The keys of a definition: <c>service</c>, <c>volume</c>.</summary>
    public static IEnumerable<string> Of(string definition) => Keys(Definition(definition), "", []).Distinct();

    /// <summary>An object with the key, and one with what stands beside it alone.</summary>
    public static (JsonObject With, JsonObject Without) Objects(string path)
    {
        var siblings = Around.FirstOrDefault(each => path.StartsWith(each.Prefix + ".", StringComparison.Ordinal));
        var without = new JsonObject();
        if (siblings.Prefix is { } prefix) Put(without, prefix, JsonNode.Parse(siblings.Siblings)!);
        var with = (JsonObject)without.DeepClone();
        Put(with, path, Value(path));
        return (with, without);
    }

    private static JsonNode Value(string path) => JsonNode.Parse(Samples.GetValueOrDefault(path) ?? Usual(path))!;

    private static string Usual(string path)
    {
        var node = Find(path);
        return TypeOf(node) switch
        {
            "object" => """{"some":"thing"}""",
            "array" => """["thing"]""",
            "boolean" => "true",
            "integer" or "number" => "7",
            _ => "\"7\"",
        };
    }

    private static void Put(JsonObject at, string path, JsonNode value)
    {
        var parts = path.Split('.');
        JsonNode node = at;
        for (var index = 0; index < parts.Length; index++)
        {
            var (name, isList) = (parts[index].Replace("[]", "", StringComparison.Ordinal), parts[index].EndsWith("[]", StringComparison.Ordinal));
            if (name == "*") name = parts[0] switch { "depends_on" => "db", "networks" => "front", "ulimits" => "nofile", _ => "some" };
            var map = (JsonObject)node;
            if (index == parts.Length - 1)
            {
                map[name] = isList ? new JsonArray(value) : value;
                return;
            }

            if (map[name] is null) map[name] = isList ? new JsonArray(new JsonObject()) : new JsonObject();
            node = isList ? map[name]![0]! : map[name]!;
        }
    }

    private static JsonObject Definition(string name) => (JsonObject)(Schema["definitions"] ?? Schema["$defs"])![name]!;

    private static IEnumerable<string> Keys(JsonNode? node, string path, IReadOnlyCollection<string> seen)
    {
        if (node is not JsonObject map) yield break;
        if (map["$ref"]?.GetValue<string>().Split('/')[^1] is { } name)
        {
            if (seen.Contains(name)) yield break;
            foreach (var key in Keys(Definition(name), path, [.. seen, name])) yield return key;
        }

        foreach (var choice in Choices(map))
            foreach (var key in Keys(choice, path, seen)) yield return key;
        foreach (var (key, value) in map["properties"] as JsonObject ?? [])
        {
            var here = path.Length == 0 ? key : $"{path}.{key}";
            yield return here;
            foreach (var inner in Keys(value, here, seen)) yield return inner;
        }

        foreach (var (key, value) in map["patternProperties"] as JsonObject ?? [])
            if (!key.StartsWith("^x-", StringComparison.Ordinal))
                foreach (var inner in Keys(value, path.Length == 0 ? "*" : $"{path}.*", seen)) yield return inner;
        foreach (var inner in Keys(map["items"], path + "[]", seen)) yield return inner;
    }

    private static IEnumerable<JsonNode?> Choices(JsonObject map) =>
        new[] { "oneOf", "anyOf", "allOf" }.SelectMany(kind => map[kind] as JsonArray ?? []);

    private static JsonNode? Find(string path)
    {
        JsonNode? node = Definition("service");
        foreach (var part in path.Split('.'))
        {
            node = Step(node, part.Replace("[]", "", StringComparison.Ordinal));
            if (part.EndsWith("[]", StringComparison.Ordinal)) node = Resolve(node).Select(each =>
                (each as JsonObject)?["items"]).FirstOrDefault(each => each is not null);
        }

        return node;
    }

    private static JsonNode? Step(JsonNode? node, string name) => Resolve(node).OfType<JsonObject>()
        .Select(map => name == "*"
            ? (map["patternProperties"] as JsonObject)?.FirstOrDefault(each => !each.Key.StartsWith("^x-", StringComparison.Ordinal)).Value
                : map["properties"]?[name])
        .FirstOrDefault(found => found is not null);

    private static IEnumerable<JsonNode?> Resolve(JsonNode? node)
    {
        yield return node;
        if (node is not JsonObject map) yield break;
        if (map["$ref"]?.GetValue<string>().Split('/')[^1] is { } name)
            foreach (var each in Resolve(Definition(name))) yield return each;
        foreach (var choice in Choices(map).SelectMany(Resolve)) yield return choice;
    }

    private static string TypeOf(JsonNode? node) =>
        Resolve(node).OfType<JsonObject>().Select(map => map["type"] is JsonArray list ? list[0]!.ToString() : map["type"]?.ToString())
        .OfType<string>().DefaultIfEmpty("string").MaxBy(type =>
            Array.IndexOf((string[])["string", "number", "integer", "boolean", "array", "object"], type))!;
}
