using static Infra.Operations.ComposeInput.Advising.Advice;
using static Infra.Operations.ComposeInput.Advising.AdviceTable;

namespace Infra.Operations.ComposeInput.Advising;

/// <summary>Limits and logs.</summary>
internal static class OfResources
{
    private const string Limit = "deploy.resources.limits.memory";

    public static IEnumerable<KeyValuePair<string, Func<Advised, Advice?>>> Rows { get; } =
    [
        Row("LIMITS memory", Warning("", "'mem_limit'", "all of the machine's memory")),
        Row("LIMITS cpus", found => Beside(found, "'cpus'", "all of its processors")),
        Row("LIMITS pids", found => Beside(found, "'pids_limit'", "any number of processes")),
        Row("LIMITS memory-least", found => Error(OneOf(found, "mem_limit", Limit), "Set a higher one.")),
        Row("LIMITS reservation-least", found => Error(OneOf(found, "mem_reservation", Reservation), "Set a higher one, or drop it.")),
        Row("LIMITS reservation", found => Error(OneOf(found, "mem_reservation", Reservation), "Reserve less, or set a higher limit.")),
        Row("LIMITS tmpfs", Warning("tmpfs", "Set a higher memory limit, or a smaller 'size' of the files in memory.")),
        Row(
            "LOG-ROTATION",
            Warning(
                "logging",
                "Set 'logging.driver: local', or 'logging.options' (max-size: 10m, max-file: \"3\"); an anchor says it for all services.",
                "its log grows without bound, unless the engine's own configuration bounds all of them."
            )
        ),
    ];

    // Memory is what brings others down; who has thought of that has thought of the others.
    private static Advice? Beside(Advised found, string key, string what) => found.Service.Memory is null ? Warning("", key, what) : null;

    private const string Reservation = "deploy.resources.reservations.memory";

    private static string OneOf(Advised found, string key, string other) => found.Keys.At(key) is null ? other : key;
}
