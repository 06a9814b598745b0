namespace Infra.Tests.EndToEnd;

/// <summary>A fact that needs BuildKit's checker, <c>docker build --check</c>: Engine 27 and buildx 0.15 have it, older ones do not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BuildCheckFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Absence = new(Probe);

    public BuildCheckFactAttribute() => Skip = Absence.Value;

    private static string? Probe()
    {
        if (Engine.Problem is { } problem)
            return Engine.IsRequired ? null : problem;
        var (server, help) = Task.Run(async () =>
                (await Engine.AskAsync("version", "--format", "{{.Server.Version}}"), await Engine.AskAsync("build", "--help"))
            )
            .GetAwaiter()
            .GetResult();
        return help.Contains("--check", StringComparison.Ordinal) && int.TryParse(server.Split('.')[0], out var major) && major >= 27
            ? null
            : $"BuildKit's checker needs Engine 27 and buildx 0.15; here is Engine {server}.";
    }
}
