using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Recognition;

/// <summary>What a command makes a Python application's image do.</summary>
internal static partial class Commands
{
    // Where a script does several things, what the container is there for.
    private static readonly ImmutableArray<string> ByWeight = ["worker", "beat", "flower", "process", "web", "step"];

    /// <summary>The kind of service that it is; nothing where no program in it is known.</summary>
    public static string? Kind(ImmutableArray<string> command)
    {
        var found = Separator().Split(string.Join(' ', command)).Select(KindOfOne).ToHashSet();
        return ByWeight.FirstOrDefault(found.Contains);
    }

    /// <summary>Whether it is told the port that it listens on.</summary>
    public static bool NamesPort(ImmutableArray<string> command) => PortOption().IsMatch(string.Join(' ', command));

    /// <summary>Whether a store's image is there for its programs: a shell or a client runs in it once, and no server.</summary>
    public static bool IsClient(ComposeService service)
    {
        ImmutableArray<string> words = [.. service.Words("entrypoint"), .. service.Words("command")];
        return words.Length > 0
            && (service.Text("restart") is null or "no" || service.Text("restart")!.StartsWith("on-failure", StringComparison.Ordinal))
            && Client().IsMatch(words[0])
            && !StoreServer().IsMatch(string.Join(' ', words));
    }

    private static string? KindOfOne(string command) =>
        Test().IsMatch(command) ? "step"
        : Flower().IsMatch(command) ? "flower"
        // One that schedules too is a worker first.
        : Worker().IsMatch(command) ? "worker"
        : CeleryCommand.Schedules([command]) || Beat().IsMatch(command) ? "beat"
        : TaskQueue.OtherThanCelery([command]) is not null ? "process"
        : Server().IsMatch(command) ? "web"
        : Step().IsMatch(command) ? "step"
        : null;

    [GeneratedRegex(
        @"^(/\S*/)?(sh|bash|ash|psql|pg_dump|pg_isready|redis-cli|valkey-cli|mongosh?|mongoimport|mysql|mysqldump|mariadb|mc|chown|chmod|"
            + "rabbitmqadmin)$"
    )]
    private static partial Regex Client();

    [GeneratedRegex(
        @"\b(postgres|redis-server|valkey-server|mongod|mysqld|mariadbd|rabbitmq-server|minio\s+server|docker-entrypoint|redis-sentinel|nginx|"
            + @"caddy\s+run|prometheus|pgbouncer)\b|entrypoint\.sh"
    )]
    private static partial Regex StoreServer();

    [GeneratedRegex(@"\s(&&|\|\||[;&|])(\s|$)|;\s|\n")]
    private static partial Regex Separator();

    [GeneratedRegex(@"(^|[\s/'""])(pytest|py\.test|tox|nox|mypy|ruff|unittest)(\s|$)|\bmanage\.py\s+test\b")]
    private static partial Regex Test();

    // Scripts, too, that are called so: /start-flower.
    [GeneratedRegex(@"\bcelery\b.*\bflower\b|celery[-_]?flower\b|/start-flower\b|^['""]?(\S*/)?flower\s")]
    private static partial Regex Flower();

    [GeneratedRegex(@"\bcelery\b.*\b(worker|multi)\b|celery[-_]?worker\b|/start-worker\b")]
    private static partial Regex Worker();

    [GeneratedRegex(@"celery[-_]?beat\b|/start-beat\b")]
    private static partial Regex Beat();

    [GeneratedRegex(
        @"(^|[\s/'""-])(uvicorn|gunicorn|hypercorn|daphne|granian|uwsgi|waitress-serve|cheroot|sanic|robyn|streamlit\s+run|fastapi\s+(run|dev)|"
            + @"flask\b.*\brun|litestar\b.*\brun|panel\s+serve|bokeh\s+serve|gradio|chainlit\s+run)([\s.]|$|['""])|\bmanage\.py\s+runserver\b"
    )]
    private static partial Regex Server();

    [GeneratedRegex(
        @"^((/\S*/)?(ba)?sh -c ['""]?)?\s*(chown|chmod|mkdir|mc|mkdocs build)(\s|$)|"
            + @"^(npm|yarn|pnpm) (ci|install|test|build|run (build|test|lint))(\s|$)|"
            + @"\bmanage\.py\s+(migrate|collectstatic|createsuperuser|loaddata|createcachetable|check|compilemessages)\b|\balembic\b.*\bupgrade\b|"
            + @"\bflask\b.*\bdb\s+upgrade\b|\baerich\s+upgrade\b|\bprestart\b|\b(init|create)_?db\b|\binitiali[sz]er?\b|"
            + @"[\w./-]*(superuser|bootstrap|[._/\s-]seed|fixtures)\b|\btrain\.py\b"
    )]
    private static partial Regex Step();

    [GeneratedRegex(@"\s(--port|--bind|--http-port|--listen)[=\s]\S*\d{2,5}\b")]
    private static partial Regex PortOption();
}
