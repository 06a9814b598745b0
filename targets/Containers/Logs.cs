using System.Globalization;
using Infra.Model;
using Pulumi;

namespace Infra.Targets.Containers;

/// <summary>Bounds of a container's log; the engine's own driver and options when the model has none.</summary>
internal static class Logs
{
    public static Input<string>? Driver(LogRotation? rotation) => Unset.OrText(rotation is null ? null : "json-file");

    public static InputMap<string> Options(LogRotation? rotation) => rotation is null ? null! : new InputMap<string>
    {
        ["max-size"] = rotation.MaxSize.ToString(),
        ["max-file"] = rotation.MaxFiles.ToString(CultureInfo.InvariantCulture),
    };
}
