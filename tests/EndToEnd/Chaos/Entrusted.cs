namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>What users have entrusted to a stack, as it is at a moment.</summary>
/// <param name="Orders">The items of the orders in Postgres, a line each.</param>
/// <param name="Cached">A value in Redis.</param>
/// <param name="Uploads">The files of the application's volume, a line each.</param>
internal sealed record Entrusted(string Orders, string Cached, string Uploads)
{
    private const string Key = "chaos";

    /// <summary>As it is now.</summary>
    public static async Task<Entrusted> OfAsync(Project project) => new(
        await Engine.AskAsync("exec", project.Container("postgres"), "psql", "-U", "postgres", "-d", "app", "-Atc", "SELECT item FROM orders ORDER BY item"),
        await Engine.AskAsync(Redis(project, "get", Key)),
        await Engine.AskAsync("exec", project.Container("web"), "sh", "-c", $"cd {ChaosStack.Uploads} && find . -type f -exec grep -H . {{}} + | sort"));

    /// <summary>Adds to all of it.</summary>
    public static async Task AddAsync(ChaosStack stack, string what)
    {
        await stack.Shop.OrderAsync(what);
        (await Engine.AskAsync(Redis(stack.Project, "set", Key, what))).Should().Be("OK");
        await Engine.AskAsync("exec", stack.Project.Container("web"), "sh", "-c", $"mkdir -p \"{ChaosStack.Uploads}/$1\" && echo \"$1\" >\"{ChaosStack.Uploads}/$1/file\"", "sh", what);
    }

    private static string[] Redis(Project project, params string[] arguments)
        => ["exec", "--env", $"REDISCLI_AUTH={project.Secret("redis-password")}", project.Container("redis"), "redis-cli", .. arguments];
}
