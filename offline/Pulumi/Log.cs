namespace Pulumi;

/// <summary>Messages for the engine: errors fail the run, the others are dropped here.</summary>
public static class Log
{
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) => Drop();

    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) => Drop();

    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) => Drop();

    public static void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        MockRun.Required.Faults.Log(message);

    public static void Exception(Exception exception, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Error(exception.ToString(), resource, streamId, ephemeral);

    private static void Drop() => _ = MockRun.Required;
}
