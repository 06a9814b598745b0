using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Tests.Systems;

namespace Infra.Tests.EndToEnd.Systems;

/// <summary>The Dockerfiles that users build, with stand-ins for the images and packages that only registries have.</summary>
[Collection(StandInsCollection.Name)]
[Trait("Category", EndToEndCollection.Category)]
public sealed partial class SampleBuildTests(StandIns standIns, SystemStacks stacks) : IClassFixture<SystemStacks>
{
    // Debian's own, in place of what the document installs from PyPI; what its Dockerfile takes from Debian itself is not among them.
    private const string Django = "python3-django gunicorn python3-boto3";

    [EndToEndFact]
    public async Task B1_the_image_runs_as_its_own_user_without_build_tools()
    {
        var service = Of("mikrom", "app");

        var (image, _) = await standIns.BuildAsync(await MikromAsync(), (BuiltImage)service.Image);

        await RunsAsync(image, service, "appuser", "mikrom.main", "/app/.venv/bin/uvicorn", "/app/.venv/bin/celery", "/usr/bin/curl");
        (await InAsync(image, service, "! command -v gcc && ldconfig -p")).Should().Contain("libpq.so.5");
    }

    [EndToEndFact]
    public async Task B2_it_is_built_of_its_lock_and_an_edit_leaves_all_but_the_code_alone()
    {
        var service = Of("mikrom", "app");
        var context = await MikromAsync();
        var (image, _) = await standIns.BuildAsync(context, (BuiltImage)service.Image);
        await EditAsync(Path.Combine(context, "mikrom", "main.py"));

        var (_, said) = await standIns.BuildAsync(context, (BuiltImage)service.Image);

        (await InAsync(image, service, "cat /app/.venv/arguments-of-uv")).Should().Be("sync --frozen --no-dev --no-install-project");
        Steps(said).Where(step => !step.IsCached).Select(step => step.What).Should().Equal("COPY --chown=appuser:appuser . .");
    }

    [EndToEndFact, Trait("Category", "Long")]
    public async Task B2_without_a_lock_it_is_built_of_what_is_allowed()
    {
        var service = Of("mikrom", "app");

        await RunsAsync(await BuiltAsync(service), service, "appuser", "mikrom.main", "/app/.venv/bin/uvicorn");
    }

    [EndToEndFact, Trait("Category", "Long")]
    public async Task C2_each_image_runs_its_service_as_its_own_user_without_build_tools()
    {
        foreach (var name in new[] { "auth-service", "creator-hub-service", "ai-engine-service", "channel-service" })
        {
            var service = Of("creator-hub", name);

            var image = await BuiltAsync(service);

            await RunsAsync(image, service, "appuser", name.Replace('-', '_') + ".main", "/opt/venv/bin/uvicorn");
            await InAsync(image, service, "! command -v gcc");
        }
    }

    [EndToEndFact, Trait("Category", "Long")]
    public async Task C8_an_edit_of_one_service_hits_the_cache_for_eight_steps_of_nine()
    {
        var context = standIns.Copy("samples/creator-hub");
        var image = (BuiltImage)Of("creator-hub", "channel-service").Image;
        await standIns.BuildAsync(context, image);
        await EditAsync(Path.Combine(context, "channel_service", "main.py"));

        var (_, said) = await standIns.BuildAsync(context, image);

        var steps = Steps(said);
        steps.Should().HaveCount(9, said);
        steps.Where(step => !step.IsCached).Select(step => step.What).Should().Equal("COPY --chown=appuser:appuser channel_service channel_service");
    }

    [EndToEndFact, Trait("Category", "Long")]
    public async Task D2_the_image_loads_the_libraries_of_geometry_as_its_own_user()
    {
        var service = Of("marketplace-prod", "web");

        var image = await BuiltAsync(service, Django);

        await RunsAsync(
            image,
            service,
            "app",
            "marketplace.wsgi, django.contrib.gis.gdal; assert django.contrib.gis.gdal.GDAL_VERSION",
            "/opt/venv/bin/gunicorn",
            "/opt/venv/bin/celery"
        );
        await InAsync(image, service, "! command -v gcc");
    }

    [EndToEndFact, Trait("Category", "Long")]
    public async Task E2_the_image_has_the_code_the_static_folder_and_writable_volumes()
    {
        var service = Of("paqueteria", "app");

        var image = await BuiltAsync(service);

        await RunsAsync(image, service, "app", "src.main", "/opt/venv/bin/uvicorn", "/opt/venv/bin/celery");
        await InAsync(image, service, "test -s /app/static/paqueteria.css && touch /app/uploads/one /app/logs/one /app/celerybeat/one");
    }

    [EndToEndFact, Trait("Category", "Long")]
    public async Task A2_the_development_image_has_both_programs()
    {
        var service = Of("hexagonal", "backend");

        await RunsAsync(
            await BuiltAsync(service),
            service,
            "app",
            "core.main",
            "/opt/venv/bin/uvicorn",
            "/opt/venv/bin/watchfiles",
            "/usr/local/bin/hexa"
        );
    }

    // As with a lock file of what it is built of.
    private async Task<string> MikromAsync()
    {
        var context = standIns.Copy("samples/mikrom");
        await File.WriteAllTextAsync(Path.Combine(context, "uv.lock"), "version = 1\n");
        return context;
    }

    // The builder knows the edit of an earlier run.
    private static Task EditAsync(string file) => File.AppendAllTextAsync(file, $"# {Guid.NewGuid()}\n");

    private ServiceSpec Of(string stack, string service) => stacks[stack, ImageSource.Registry].Find(service)!;

    private async Task<string> BuiltAsync(ServiceSpec service, string packages = "")
    {
        var image = (BuiltImage)service.Image;
        return (await standIns.BuildAsync(Tests.Offline.Repository.PathOf(image.Context), image, packages)).Tag;
    }

    private static async Task RunsAsync(string image, ServiceSpec service, string user, string module, params string[] programs)
    {
        var said = await InAsync(
            image,
            service,
            $"id -un; for each in {string.Join(' ', programs.Select(Path.GetFileName))}; "
                + $"do command -v \"$each\"; done; python -c 'import {module}' && echo imported"
        );

        said.Split('\n').Should().Equal([user, .. programs, "imported"]);
    }

    // With what the service finds in its environment; where an address is looked for it finds one, and nothing answers there.
    private static Task<string> InAsync(string image, ServiceSpec service, string script)
    {
        var plain = service
            .Environment.Where(variable => !variable.Key.EndsWith("_FILE", StringComparison.Ordinal))
            .Select(variable => $"{variable.Key}={variable.Value}");
        var secret = service
            .Environment.Keys.Where(name => name.EndsWith("_FILE", StringComparison.Ordinal))
            .Select(name => name[..^5])
            .Concat(service.Command.SelectMany(word => Exported().Matches(word)).Select(match => match.Groups[1].Value));
        var addresses = secret.Select(name =>
            $"{name}={(name.Contains("DATABASE", StringComparison.Ordinal) ? "postgresql://a:b@localhost/c" : "redis://localhost:6379/0")}"
        );
        return Engine.AskAsync([
            "run",
            "--rm",
            "--network",
            "none",
            .. plain.Concat(addresses).SelectMany(variable => new[] { "--env", variable }),
            image,
            "sh",
            "-euc",
            script,
        ]);
    }

    // Every step of a Dockerfile but its FROMs.
    private static List<(string What, bool IsCached)> Steps(string said)
    {
        var cached = CachedStep().Matches(said).Select(match => match.Groups[1].Value).ToHashSet();
        return
        [
            .. Step()
                .Matches(said)
                .DistinctBy(match => match.Groups[1].Value)
                .Select(match => (match.Groups[2].Value.Trim(), cached.Contains(match.Groups[1].Value))),
        ];
    }

    [GeneratedRegex(@"export (\w+)[;=]")]
    private static partial Regex Exported();

    [GeneratedRegex(@"^#(\d+) \[[^\]]*\d+/\d+\] ((?!FROM ).+)$", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex(@"^#(\d+) CACHED", RegexOptions.Multiline)]
    private static partial Regex CachedStep();
}
