namespace Infra.Model.Rules;

/// <summary>What several rules ask of a topology, and how their messages say it.</summary>
internal static class ServiceQuestions
{
    /// <summary>Whether the engine restarts it even after it ended with exit code 0.</summary>
    public static bool NeverEnds(this ServiceSpec service) => service.Restart.Mode is RestartMode.Always or RestartMode.UnlessStopped;

    /// <summary>Everything that is executed in the container, as one list of arguments.</summary>
    public static IEnumerable<string> Executed(this ServiceSpec service)
        => service.Entrypoint.Concat(service.Command).Concat(service.Health?.Test ?? []);

    /// <summary><c>web, worker</c>.</summary>
    public static string Names(this IEnumerable<ServiceSpec> services) => string.Join(", ", services.Select(service => service.Name));

    /// <summary><c>'web', 'worker' and 'beat'</c>.</summary>
    public static string Quoted(this IEnumerable<string> names)
    {
        var quoted = names.Select(name => $"'{name}'").ToList();
        return quoted.Count < 2 ? string.Concat(quoted) : $"{string.Join(", ", quoted[..^1])} and {quoted[^1]}";
    }
}
