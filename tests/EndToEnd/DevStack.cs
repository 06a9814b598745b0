namespace Infra.Tests.EndToEnd;

/// <summary>The <c>dev</c> stack, brought up from nothing once for all tests that can share it.</summary>
public sealed class DevStack : IAsyncLifetime
{
    private static readonly string[] Names = ["beat", "postgres", "rabbitmq", "redis", "web", "worker"];
    private Project? project;
    private Shop? shop;

    internal static IReadOnlyList<string> Services => Names;

    internal Project Project => project ?? throw new InvalidOperationException(Engine.Problem);

    internal Shop Shop => shop!;

    /// <summary>What the first <c>up</c> said.</summary>
    internal CommandResult FirstUp { get; private set; } = new(-1, "", "");

    internal int PostgresPort { get; private set; }

    internal int RabbitMqPort { get; private set; }

    /// <summary>Whether no engine answers, and none is required: all tests are skipped.</summary>
    internal static bool IsSkipped => Engine.Problem is not null && !Engine.IsRequired;

    public async Task InitializeAsync()
    {
        if (IsSkipped) return;
        if (Engine.Problem is { } problem) throw new InvalidOperationException($"CI is set, so an engine is required. {problem}");
        await Project.SweepAsync();
        project = Project.Make();
        PostgresPort = project.SetPort("services", "postgres.port");
        RabbitMqPort = project.SetPort("services", "rabbitmq.port");
        project.Set("app", "environment.SHOP_DEBUG", "1");
        // The image has no such folder, and its user is not root.
        project.Set("app", "volumes.uploads", "/srv/uploads");
        shop = new Shop(project.WebPort);
        FirstUp = await project.InfraAsync("up", "dev");
    }

    public async Task DisposeAsync()
    {
        if (project is not null) await project.DisposeAsync();
    }

    /// <summary>All services healthy: a test's starting point, whatever the one before has left.</summary>
    internal async Task EnsureWellAsync()
    {
        FirstUp.ExitCode.Should().Be(0, $"'./infra.sh up dev' must bring the stack up from nothing:\n{FirstUp}");
        var services = await Project.ServicesAsync();
        if (Names.All(name => services.GetValueOrDefault(name)?.State == "healthy")) return;
        foreach (var paused in services.Values.Where(service => service.State == "paused")) await Engine.AskAsync("unpause", paused.Id);
        await Project.UpAsync();
    }
}
