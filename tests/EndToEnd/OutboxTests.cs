namespace Infra.Tests.EndToEnd;

/// <summary>Orders whose task the broker has lost.</summary>
public sealed class OutboxTests(DevStack stack) : EndToEndTest(stack)
{
    [EndToEndFact]
    public async Task An_order_whose_task_was_published_and_lost_is_fulfilled_a_minute_later()
    {
        var order = (
            await Engine.AskAsync(
                "exec",
                Project.Container("postgres"),
                "psql",
                "-XAtq",
                "-h",
                "/var/run/postgresql",
                "-U",
                "app",
                "-c",
                "INSERT INTO orders (item, quantity, created_at, published_at) VALUES "
                    + "('a lost letter', 1, now() - interval '58 s', now() - interval '57 s') RETURNING id"
            )
        ).Trim();

        await Shop.FulfilledAsync(order, () => Project.LogsAsync("worker"), 30);
    }
}
