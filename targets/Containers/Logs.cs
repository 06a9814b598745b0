using Infra.Model;
using Pulumi;

namespace Infra.Targets.Containers;

/// <summary>Where a container's log goes; the engine's own driver and options when the model has none.</summary>
internal static class Logs
{
    public static Input<string>? Driver(Logging? logging) => Unset.OrText(logging?.Driver);

    public static InputMap<string> Options(Logging? logging) => Unset.OrMap(logging is null ? [] : logging.Options);
}
