using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>Colours and words for roles and waits, the same in every kind of picture.</summary>
internal static class Palette
{
    /// <summary>Tells images that are shared apart from each other.</summary>
    private static readonly string[] Swatches = ["#e0a100", "#0f8b8d", "#c8553d", "#6a4c93", "#4f772d", "#3a6ea5"];

    public static string Color(ServiceRole role) => role switch
    {
        ServiceRole.Database => "#2f6fb2",
        ServiceRole.Pool => "#4a86c5",
        ServiceRole.Cache => "#b5403a",
        ServiceRole.Broker => "#c26a12",
        ServiceRole.Web => "#2c8352",
        ServiceRole.Worker => "#7650a8",
        ServiceRole.Beat => "#ad3f82",
        ServiceRole.Monitoring => "#147a84",
        ServiceRole.Proxy => "#445469",
        ServiceRole.Job => "#80642f",
        _ => "#6d7886",
    };

    public static string Color(WaitCondition condition) => condition switch
    {
        WaitCondition.Healthy => "#2c7a4f",
        WaitCondition.Completed => "#80642f",
        _ => "#55657b",
    };

    public static string Color(Mark mark) => mark switch
    {
        Mark.New => "#2c8352",
        Mark.Gone => "#c22f2f",
        _ => "#e0a100",
    };

    public static string Word(Mark mark) => mark switch
    {
        Mark.New => "new",
        Mark.Gone => "gone",
        _ => "changed",
    };

    public static string Swatch(int index) => Swatches[index % Swatches.Length];

    public static string Word(ServiceRole role) => role switch
    {
        ServiceRole.Database => "database",
        ServiceRole.Pool => "pool",
        ServiceRole.Cache => "cache",
        ServiceRole.Broker => "broker",
        ServiceRole.Web => "web",
        ServiceRole.Worker => "worker",
        ServiceRole.Beat => "beat",
        ServiceRole.Monitoring => "monitoring",
        ServiceRole.Proxy => "proxy",
        ServiceRole.Job => "job",
        _ => "service",
    };

    public static string Word(WaitCondition condition) => condition switch
    {
        WaitCondition.Healthy => "healthy",
        WaitCondition.Completed => "completed",
        _ => "started",
    };
}
