using System.Diagnostics;
using System.Text.Json.Nodes;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class UnusedTests : IDisposable
{
    private const string Project =
        "[project]\nname = \"shop\"\ndependencies = [\"fastapi>=0.115\", \"Left_Over[all]>=1\", \"gevent\", \"py-driver>=2\", \"pillow\"]\n";

    private readonly CommandLineRun run = new(
        FakeShell
            .WithEngine()
            .On("docker image inspect", """{"Id":"sha256:app","RepoTags":["shop-dev-app:latest"],"Config":{"Labels":{}}}""")
            .On("docker run", """{"file": "pyproject.toml", "package": "left-over"}""" + "\n{\"looked\": 5}\n")
    );

    public UnusedTests() => run.Write("app/pyproject.toml", Project);

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task B8_what_is_declared_and_not_used_is_told_and_ends_with_1()
    {
        (await run.RunAsync("unused", "dev")).Should().Be(1, run.Error);

        run.Out.Should()
            .Be(
                "app/pyproject.toml: left-over: app's code does not import it, and no command names it. "
                    + "Drop it, unless something loads it by a name of its own, as a plugin.\n"
            );
        run.Shell.Changes.Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("docker run --rm --interactive --network none --read-only ")
            .And.EndWith(" /app");
        var given = JsonNode.Parse(run.Shell.Inputs.Values.Single())!;
        given["files"]!["pyproject.toml"]!.ToString().Should().Be(Project);
        given["words"]!.AsArray().Select(word => word!.ToString()).Should().Contain(["uvicorn", "celery"]);
        given["code"]!
            .AsArray()
            .Select(code => code!.ToString())
            .Should()
            .Contain(code =>
                code.Contains("import watchfiles", StringComparison.Ordinal) || code.Contains("from watchfiles", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task Nothing_that_is_unused_is_well()
    {
        run.Shell.On("docker run", "{\"looked\": 5}\n");

        (await run.RunAsync("unused", "dev")).Should().Be(0);

        run.Out.Should().Be("shop-dev: Each of the 5 packages that are declared is used.\n");
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_not_looked_into()
    {
        run.Shell.On("docker image inspect", exitCode: 1, error: "No such image");

        await run.RefusesAsync(
            "shop-dev-app:latest: It is not on the engine, and what is installed is looked for in it. Build it with './infra.sh build dev'.",
            "unused",
            "dev"
        );
    }

    [PythonFact]
    public async Task Imports_texts_commands_and_drivers_of_what_is_used_are_uses()
    {
        using var site = new TemporaryFolder();
        // As pip leaves packages: a name of its own, and what can be imported of it.
        foreach (
            var (package, module) in new[]
            {
                ("fastapi", "fastapi"),
                ("Left.Over", "over"),
                ("gevent", "gevent"),
                ("py_driver", "driver"),
                ("Pillow", "PIL"),
            }
        )
        {
            site.Write($"{package}-1.dist-info/METADATA", $"Metadata-Version: 2.1\nName: {package}\nVersion: 1\n");
            site.Write($"{package}-1.dist-info/top_level.txt", module + "\n");
            site.Write($"{module}/__init__.py", module == "fastapi" ? "import driver\n" : "");
        }

        using var code = new TemporaryFolder();
        code.Write("shop/main.py", "from fastapi import FastAPI\nPLUGIN = 'PIL.Image'\n");
        code.Write(".venv/left.py", "import over\n");
        var input = new JsonObject
        {
            ["files"] = new JsonObject
            {
                ["pyproject.toml"] = Project,
                ["requirements.txt"] = "# over\nfastapi==1\n-r other.txt\nelsewhere==3  # not installed\n",
            },
            ["code"] = new JsonArray(),
            ["words"] = new JsonArray("--pool=gevent"),
        };

        var result = await AskAsync(site.Path, code.Path, input.ToJsonString());

        result.Should().Equal("pyproject.toml Left_Over", "requirements.txt elsewhere", "7");
    }

    private static async Task<string[]> AskAsync(string site, string code, string input)
    {
        var start = new ProcessStartInfo("python3", [Repository.PathOf("operations", "Builds", "unused.py"), code])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PYTHONPATH"] = site;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var lines = (await process.StandardOutput.ReadToEndAsync())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!);
        await process.WaitForExitAsync();
        return [.. lines.Select(line => line["looked"]?.ToString() ?? $"{line["file"]} {line["package"]}")];
    }
}
