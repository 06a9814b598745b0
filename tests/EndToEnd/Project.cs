using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Infra.Tests.Offline;

namespace Infra.Tests.EndToEnd;

/// <summary>A throw-away copy of the project under a name of its own, run by the README's commands; gone with all that it made.</summary>
internal sealed class Project : IAsyncDisposable
{
    private const string Marker = "infratest";

    private Project(string stack)
    {
        Stack = stack;
        // The process in the name tells the leftovers of a run that was killed from a run that goes on.
        Name = string.Create(
            CultureInfo.InvariantCulture,
            $"{Marker}{Environment.ProcessId}x{RandomNumberGenerator.GetHexString(4, lowercase: true)}"
        );
        Folder = Directory.CreateTempSubdirectory(Name).FullName;
        WebPort = FreePort();
        RedirectPort = FreePort();
    }

    public string Name { get; }

    public string Stack { get; }

    public string Folder { get; }

    /// <summary>Where the application is reached: web itself in development, the proxy in production.</summary>
    public int WebPort { get; }

    /// <summary>Where production's proxy answers to plain HTTP.</summary>
    public int RedirectPort { get; }

    /// <summary>Another engine than the usual one.</summary>
    public string? EngineAddress { get; set; }

    /// <summary>The stack's label, and Compose's name for it.</summary>
    public string Label => $"{Name}-{Stack}";

    public string AppImage => $"{Label}-app:latest";

    /// <summary>Makes the copy.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="app">The folder of its application.</param>
    /// <param name="web">The service that is published there in development, if it is not behind something else.</param>
    public static Project Make(string stack = "dev", string app = "app", string? web = "web")
    {
        var project = Named(stack);
        File.Copy(Repository.PathOf($"Pulumi.{stack}.yaml"), project.PathOf($"Pulumi.{stack}.yaml"));
        Copy(Repository.PathOf(app), project.PathOf(app));
        if (stack == "prod")
        {
            project.Set("proxy", "httpsPort", Text(project.WebPort));
            project.Set("proxy", "httpPort", Text(project.RedirectPort));
        }
        else if (web is not null)
        {
            project.Set("services", $"{web}.port", Text(project.WebPort));
        }

        return project;
    }

    /// <summary>Makes a copy of a folder with settings and an application of its own, whose web is published.</summary>
    public static Project From(string folder, string stack)
    {
        var project = Named(stack);
        Copy(folder, project.Folder);
        project.Set("services", "web.port", Text(project.WebPort));
        return project;
    }

    /// <summary>Removes what runs that ended without cleaning up have left on the engine.</summary>
    public static async Task SweepAsync()
    {
        foreach (var stack in (await Engine.LinesAsync("ps", "--all", "--format", "{{.Label \"infra.stack\"}}"))
            .Concat(await Engine.LinesAsync("volume", "ls", "--filter", "label=infra.stack", "--format", "{{.Label \"infra.stack\"}}"))
            .Concat(await Engine.LinesAsync("network", "ls", "--filter", "label=infra.stack", "--format", "{{.Label \"infra.stack\"}}"))
            .Distinct().Where(IsAbandoned))
            await RemoveAsync(stack);
    }

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public string Container(string service) => $"{Label}-{service}";

    public string Secret(string name) => File.ReadAllText(PathOf(".secrets", Stack, name)).TrimEnd();

    public void Set(string section, string key, string? value) => Settings.Set(PathOf($"Pulumi.{Stack}.yaml"), section, key, value);

    /// <summary>Sets a free port for a section.</summary>
    public int SetPort(string section, string key = "port")
    {
        var port = FreePort();
        Set(section, key, Text(port));
        return port;
    }

    /// <summary>Runs the command line as a user would: <c>./infra.sh up dev</c>.</summary>
    public Task<CommandResult> InfraAsync(params string[] arguments) => Program.RunAsync(Script, Unasked(arguments), Variables);

    /// <summary>The same in a process group of its own, so that it can be interrupted with all that it started.</summary>
    public Program Start(params string[] arguments) => Program.Start("setsid", [Script, .. Unasked(arguments)], Variables);

    /// <summary>Brings the stack up, which must work.</summary>
    public async Task<CommandResult> UpAsync()
    {
        CommandResult result = await InfraAsync("up", Stack);
        result.ExitCode.Should().Be(0, $"'up {Stack}' must work:\n{result}");
        return result;
    }

    /// <summary>The stack's containers by service.</summary>
    public async Task<Dictionary<string, Service>> ServicesAsync() =>
        // While one takes the place of another, there are two of a service.
        (await AllAsync())
            .OrderByDescending(service => service.State == "healthy")
            .DistinctBy(service => service.Name)
            .ToDictionary(service => service.Name, StringComparer.Ordinal);

    /// <summary>The containers of one service.</summary>
    public async Task<Service[]> ContainersAsync(string service) => [.. (await AllAsync()).Where(container => container.Name == service)];

    private async Task<IEnumerable<Service>> AllAsync()
    {
        var ids = await Engine.LinesAsync("ps", "--all", "--quiet", "--filter", $"label=infra.stack={Label}");
        return (await Task.WhenAll(ids.Select(id => Engine.InspectAsync(id)))).Select(Service.From);
    }

    /// <summary>Containers, networks and volumes that carry the stack's label.</summary>
    public Task<string[]> ObjectsAsync() => Engine.LabelledAsync(label => label == Label);

    /// <summary>Waits until a service is in that state: its health, or its status where it does not run.</summary>
    public Task<string> IsAsync(string service, string state, int seconds) =>
        Eventually.SeesAsync(
            $"{service} {state}",
            TimeSpan.FromSeconds(seconds),
            async () => (await ServicesAsync()).GetValueOrDefault(service)?.State ?? "not there",
            seen => seen == state,
            () => LogsAsync(service),
            TimeSpan.FromMilliseconds(250)
        );

    public async Task<string> LogsAsync(string service) =>
        (await Engine.TryAsync("logs", "--tail", "30", (await ServicesAsync()).GetValueOrDefault(service)?.Id ?? Container(service))).ToString();

    public async ValueTask DisposeAsync()
    {
        foreach (var paused in await Engine.LinesAsync("ps", "--quiet", "--filter", "status=paused", "--filter", $"label=infra.stack={Label}"))
            await Engine.TryAsync("unpause", paused);
        if ((await ObjectsAsync()).Length > 0)
            await InfraAsync("down", Stack, "--volumes", "--yes");
        await RemoveAsync(Label);
        Directory.Delete(Folder, recursive: true);
    }

    private static Project Named(string stack)
    {
        var project = new Project(stack);
        File.WriteAllLines(project.PathOf("Pulumi.yaml"), File.ReadLines(Repository.PathOf("Pulumi.yaml"))
            .Select(line => line.StartsWith("name:", StringComparison.Ordinal) ? $"name: {project.Name}" : line));
        Copy(Repository.PathOf("images"), project.PathOf("images"));
        return project;
    }

    // What is missing on a fresh machine is installed.
    private static string[] Unasked(string[] arguments) => arguments is ["up", ..] ? [.. arguments, "--yes"] : arguments;

    private static string Script => Repository.PathOf("infra.sh");

    private Dictionary<string, string> Variables =>
        EngineAddress is { } address ? new() { ["INFRA_ROOT"] = Folder, ["DOCKER_HOST"] = address } : new() { ["INFRA_ROOT"] = Folder };

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>A port of this machine that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsAbandoned(string label)
    {
        if (!label.StartsWith(Marker, StringComparison.Ordinal)) return false;
        var digits = string.Concat(label[Marker.Length..].TakeWhile(char.IsAsciiDigit));
        return !int.TryParse(digits, CultureInfo.InvariantCulture, out var id) || Process.GetProcesses().All(process => process.Id != id);
    }

    private static async Task RemoveAsync(string stack)
    {
        foreach (
            var (kind, arguments) in new (string, string[])[]
            {
                ("container", ["rm", "--force", "--volumes"]),
                ("network", ["network", "rm"]),
                ("volume", ["volume", "rm", "--force"]),
            }
        )
            foreach (var item in (await Engine.LabelledAsync(label => label == stack)).Where(item => item.StartsWith(kind, StringComparison.Ordinal)))
                await Engine.TryAsync([.. arguments, item.Split(' ')[1]]);
        // Systems have an image for each of their services.
        foreach (var image in await Engine.LinesAsync("image", "ls", "--filter", $"reference={stack}-*", "--format", "{{.Repository}}:{{.Tag}}"))
            await Engine.TryAsync("image", "rm", "--force", image);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (
            var folder in Directory
                .EnumerateDirectories(from)
                .Where(folder => Path.GetFileName(folder) is not ("__pycache__" or ".pytest_cache" or ".mypy_cache" or ".venv"))
        )
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
