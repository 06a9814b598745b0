using Infra.Components;
using Infra.Model;
using Infra.Targets.Containers;
using Infra.Tests.Support;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>What plain <c>pulumi up</c> registers, run as its provider would, with the real proxy and under load.</summary>
public sealed class PlainPulumiTests(ProdStack stack) : ProdTest(stack)
{
    // Answers everything with the one status, from the moment it listens, and ends what it has in hand when it is asked to stop.
    private const string Server = """
        import http.server, os, signal, threading
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.headers.get('Transfer-Encoding') == 'chunked':
                    while int(self.rfile.readline(), 16):
                        self.rfile.readline()
                    self.rfile.readline()
                body = os.environ['RELEASE'].encode()
                self.send_response(int(os.environ['STATUS']))
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            do_POST = do_GET
            def log_message(self, format, *args):
                print(self.path, flush=True)
        class Threads(http.server.ThreadingHTTPServer):
            daemon_threads = False
            request_queue_size = 128
        server = Threads(('', 8000), Handler)
        signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
        server.serve_forever()
        server.server_close()
        """;

    [EndToEndFact]
    public async Task A_web_that_never_gets_ready_gets_no_request_and_one_that_does_takes_over_without_a_failure()
    {
        await using var project = Project.Make();
        var (good, broken, mended) = (
            await ReleaseAsync(project, "good", 200),
            await ReleaseAsync(project, "broken", 500),
            await ReleaseAsync(project, "mended", 200)
        );
        await Engine.AskAsync("network", "create", "--label", $"{Labels.Stack}={project.Label}", (string)good.Network("default")["name"]);
        foreach (var volume in good.Of("docker:index/volume:Volume"))
            await Engine.AskAsync("volume", "create", "--label", $"{Labels.Stack}={project.Label}", (string)volume["name"]);
        foreach (var container in new[] { Web(good), good.Container("proxy-files"), good.Container("proxy") })
            await Provided.CreateAsync(container);
        await LeadAsync(good);
        var shop = new Shop(project.WebPort, isSecure: true);
        await Eventually.SeesAsync(
            "an answer",
            TimeSpan.FromSeconds(30),
            () => shop.GetAsync("/"),
            answer => answer == "good",
            () => project.LogsAsync("proxy")
        );
        var load = Load.On(shop);

        await Provided.CreateAsync(Web(broken));
        await AnswersAsync(broken);
        await GoesOnAsync(load);
        (await Engine.AskAsync("logs", (string)Web(broken)["name"]))
            .Split('\n')
            .Should()
            .OnlyContain(line => line == "/probe", "the run has failed here, and nobody has led the proxy to it");

        await Provided.CreateAsync(Web(mended));
        await AnswersAsync(mended);
        await Provided.DeleteAsync(good.Container("proxy-to-web"));
        await LeadAsync(mended);
        await GoesOnAsync(load);
        foreach (var old in new[] { good, broken }) await Provided.DeleteAsync(Web(old));
        await GoesOnAsync(load);

        (await load.EndAsync()).Should().BeEmpty(await project.LogsAsync("proxy"));
        (await shop.GetAsync("/")).Should().Be("mended");
    }

    private static async Task<StackRun> ReleaseAsync(Project project, string release, int status)
    {
        var web = Infra.Components.Web.Describe(
            "web",
            new()
            {
                Image = PinnedImage.Parse("infra-debian/app-base:trixie"),
                Command = ["python3", "-c", Server],
                Environment = Variables.From(("RELEASE", release), ("STATUS", FormattableString.Invariant($"{status}"))),
                IsBehindProxy = true,
            }
        );
        var proxy = Proxy.Describe(
            "proxy",
            new()
            {
                Services = [web],
                Image = PinnedImage.Parse("infra-debian/caddy:2"),
                HttpPort = project.RedirectPort,
                HttpsPort = project.WebPort,
            }
        );
        return await StackRun.OfAsync(() =>
        {
            var host = new ContainerHost(new Naming(project.Name, project.Stack), new FakeSecrets());
            foreach (var spec in new[] { web, proxy }) _ = new AnyService(spec, host);
        });
    }

    private static Registered Web(StackRun release) =>
        release.Containers.Single(container => container.Name.StartsWith("web-", StringComparison.Ordinal));

    // The step is given the ids of the containers, which are the engine's here.
    private static async Task LeadAsync(StackRun release)
    {
        var id = await Engine.AskAsync("inspect", "--format", "{{.Id}}", (string)Web(release)["name"]);
        var given = Route.Among([Web(release).Name + "-id"]);
        await Provided.CreateAsync(release.Container("proxy-to-web"), argument => argument == given ? Route.Among([id]) : argument);
    }

    // It listens; whether it is ready is another question.
    private static Task<string> AnswersAsync(StackRun release) =>
        Eventually.SeesAsync(
            "somebody who listens",
            TimeSpan.FromSeconds(30),
            async () =>
                (
                    await Engine.TryAsync(
                        "exec",
                        (string)Web(release)["name"],
                        "python3",
                        "-c",
                        "import http.client; c = http.client.HTTPConnection('127.0.0.1', 8000); "
                            + "c.request('GET', '/probe'); print(c.getresponse().status)"
                    )
                ).Output,
            answer => answer.Length > 0
        );

    private static Task<int> GoesOnAsync(Load load)
    {
        var enough = load.Answered + 100;
        return Eventually.SeesAsync(
            "100 more answers",
            TimeSpan.FromSeconds(60),
            () => Task.FromResult(load.Answered),
            answered => answered >= enough
        );
    }
}
