using System.Reflection;

namespace Pulumi;

/// <summary>What went wrong in a run.</summary>
internal sealed class Faults
{
    private const int LoggedOnly = 1;
    private const int Failed = 32;

    private readonly Lock _lock = new();
    private readonly List<Exception> _exceptions = [];
    private readonly List<string> _messages = [];

    public int ExitCode => _exceptions.Count > 0 ? Failed : _messages.Count > 0 ? LoggedOnly : 0;

    public void Log(string message)
    {
        lock (_lock)
            _messages.Add(message);
    }

    public void Add(Exception exception)
    {
        var fault = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
        lock (_lock)
        {
            // One fault runs through every output and resource that depends on it: it is told once.
            if (!_exceptions.Contains(fault))
                _exceptions.Add(fault);
        }
    }

    /// <summary>One exception for all that went wrong, or null.</summary>
    public Exception? ToException()
    {
        RunException[] errors =
        [
            // One fault runs, wrapped, through every property that it is in: it is told once, with the properties' names.
            .. _exceptions.GroupBy(Root).Select(group => Describe(group.MaxBy(Depth)!)),
            .. _messages.Select(message => new RunException(message)),
        ];
        return errors switch
        {
            [] => null,
            [var only] => only,
            _ => new AggregateException(errors),
        };
    }

    private static RunException Describe(Exception exception) => IsFriendly(exception)
        ? new(exception.Message)
        : new($"Running program '{Program()}' failed with an unhandled exception:\n{exception}");

    private static bool IsFriendly(Exception exception) => exception switch
    {
        RunException => true,
        ResourceException resource => resource.HideStack,
        _ => false,
    };

    private static string? Program() => Assembly.GetEntryAssembly()?.Location ?? Environment.ProcessPath;

    private static Exception Root(Exception exception) => exception.InnerException is { } inner ? Root(inner) : exception;

    private static int Depth(Exception exception) => exception.InnerException is { } inner ? 1 + Depth(inner) : 0;
}
