using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Systems;

/// <summary>What a client sends to Creator Hub's services in a header stays one segment of the address that they ask for it.</summary>
public sealed class CreatorHubTokenTests
{
    // The web framework and the stores are not what is tried: a decorator gives the function itself.
    private const string Ask = """
        import sys, types, importlib
        sys.path.insert(0, "samples/creator-hub")
        class App:
            def __init__(self, **_): pass
            def __getattr__(self, _): return lambda *a, **k: lambda function: function
        class Any:
            def __init__(self, **values): self.__dict__.update(values)
        def module(name, **members):
            sys.modules[name] = types.ModuleType(name)
            sys.modules[name].__dict__.update(members)
        module("fastapi", FastAPI=App, Header=lambda **_: None, HTTPException=Exception, WebSocket=Any, WebSocketDisconnect=Exception)
        module("pydantic", BaseModel=Any, Field=lambda **_: None)
        module("common.stores")
        module("common.metrics", add_to=lambda app: None)
        module("common.environment", value=lambda name: "http://" + name.split("_")[0].lower())
        class Asked(Exception): pass
        def ask(url, *_): raise Asked(url)
        module("common.http", get=ask, post=ask)
        service = importlib.import_module(sys.argv[1] + ".main")
        try: service.create(Any(), token=sys.argv[2])
        except Asked as asked: print(asked)
        """;

    private static readonly (string Token, string Segment)[] Segments =
    [
        ("abc-_1", "abc-_1"), ("../health", "..%2Fhealth"), ("a?b#c%2F", "a%3Fb%23c%252F"), ("ñ \r\nHost: x", "%C3%B1%20%0D%0AHost%3A%20x"),
    ];

    private static readonly Dictionary<string, string?> Variables = new() { ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONUTF8"] = "1" };

    [PythonFact]
    public async Task A_token_cannot_lead_to_another_address()
    {
        foreach (var service in new[] { "channel_service", "creator_hub_service" })
            foreach (var (token, segment) in Segments)
            {
                var asked = await Command.RunAsync("python3", ["-c", Ask, service, token], Variables);

                asked.Output.Should().Be($"http://auth/tokens/{segment}\n", $"{service}: {asked.Error}");
            }
    }
}
