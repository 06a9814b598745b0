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
        await SqlAsync(project, "SELECT item FROM orders ORDER BY item"),
        await Engine.AskAsync(Redis(project, "get", Key)),
        await InWebAsync(project, $"cd {ChaosStack.Uploads} && find . -type f -exec grep -H . {{}} + | sort"));

    /// <summary>Asks the database.</summary>
    public static Task<string> SqlAsync(Project project, string statement)
        => Engine.AskAsync("exec", project.Container("postgres"), "psql", "-U", "postgres", "-d", "app", "-Atc", statement);

    /// <summary>Adds to all of it.</summary>
    public static async Task AddAsync(ChaosStack stack, string what)
    {
        await stack.Shop.OrderAsync(what);
        (await Engine.AskAsync(Redis(stack.Project, "set", Key, what))).Should().Be("OK");
        await InWebAsync(stack.Project, $"mkdir -p \"{ChaosStack.Uploads}/$1\" && echo \"$1\" >\"{ChaosStack.Uploads}/$1/file\"", what);
    }

    private static Task<string> InWebAsync(Project project, string script, params string[] arguments)
        => Engine.AskAsync(["exec", project.Container("web"), "sh", "-c", script, "sh", .. arguments]);

    private static string[] Redis(Project project, params string[] arguments)
        => ["exec", "--env", $"REDISCLI_AUTH={project.Secret("redis-password")}", project.Container("redis"), "redis-cli", .. arguments];
}
