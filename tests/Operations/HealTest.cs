using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Healing;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>A healer of a small stack, whose pauses take no time.</summary>
public abstract class HealTest : IDisposable
{
    private static readonly ServiceSpec Migrate = SmallStack.Web with { Name = "migrate", Role = ServiceRole.Job };

    private readonly StringWriter output = new();

    private protected FakeShell Engine { get; } = FakeShell.WithEngine();

    private protected List<TimeSpan> Pauses { get; } = [];

    private protected static Topology Small { get; } = new(new Naming("shop", "dev"), [SmallStack.Database, SmallStack.Web, Migrate]);

    private protected JsonNode[] Lines =>
        [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    public void Dispose()
    {
        output.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static string Event(string service, string action, int? signal = null)
    {
        var attributes = new JsonObject { ["infra.service"] = service };
        if (signal is { } number)
            attributes["signal"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["Action"] = action,
            ["Actor"] = new JsonObject { ["ID"] = $"id-{service}", ["Attributes"] = attributes },
        }.ToJsonString();
    }

    private protected Healer Healer(
        int most = 5,
        Action? onWait = null,
        Action? onEngineAway = null,
        TimeProvider? clock = null,
        Topology? topology = null,
        Func<CancellationToken, Task<IDisposable?>>? takeLock = null
    ) =>
        new(
            Engine,
            topology ?? Small,
            most,
            output,
            clock ?? TimeProvider.System,
            (pause, _) =>
            {
                Pauses.Add(pause);
                onWait?.Invoke();
                if (pause == TimeSpan.FromSeconds(2))
                    onEngineAway?.Invoke();
                return Task.CompletedTask;
            },
            takeLock ?? (_ => Task.FromResult<IDisposable?>(null))
        );

    /// <summary>Each timer is due immediately, and never again.</summary>
    private protected sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
