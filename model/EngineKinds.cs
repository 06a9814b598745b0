namespace Infra.Model;

/// <summary>What the engines are called, in labels and on the command line.</summary>
public static class EngineKinds
{
    /// <summary>The name of each.</summary>
    public static IEnumerable<string> Names { get; } = [.. Enum.GetValues<EngineKind>().Select(Name)];

    /// <summary>What it is called.</summary>
    public static string Name(this EngineKind engine) => engine switch
    {
        EngineKind.Compose => "compose",
        EngineKind.Pulumi => "pulumi",
        _ => throw new ArgumentOutOfRangeException(nameof(engine), engine, null),
    };

    /// <summary>The engine of that name; none where there is no such.</summary>
    public static EngineKind? Parse(string? name) =>
        Enum.GetValues<EngineKind>().Select(engine => (EngineKind?)engine).FirstOrDefault(engine => engine!.Value.Name() == name);
}
