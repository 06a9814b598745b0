using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Reads where the logs of a stack's services go.</summary>
internal static class LoggingSettings
{
    // Loki's is a plugin, which is called so by its own instructions.
    private static readonly string[] Drivers = ["awslogs", "fluentd", "gcplogs", "gelf", Logging.JsonFile, "journald", "local", "loki", "syslog"];

    private static readonly ImmutableDictionary<string, string> Required = new Dictionary<string, string>
    {
        ["awslogs"] = "awslogs-group",
        ["gelf"] = "gelf-address",
        ["loki"] = "loki-url",
    }.ToImmutableDictionary();

    private static readonly string[] Files = [Logging.JsonFile, "local"];

    private static readonly string[] OfFiles =
        ["compress", "env", "env-regex", "labels", "labels-regex", "max-buffer-size", "max-file", "max-size", "mode", "tag"];

    public static Logging Read(Section logging)
    {
        var driver = Driver(logging);
        var given = logging.Map("options",
            "the driver's own options ([Docker's list](https://docs.docker.com/engine/logging/configure/)): "
                + "`{ syslog-address: \"udp://logs.example.org:514\" }`. "
                + "Unless you say otherwise files are bounded (`max-size: 10m`, `max-file: \"3\"`), lines carry the container's name (`tag`), "
                + "and a collector that is slow holds no service up (`mode: non-blocking`, which drops lines when a megabyte waits)"
        );
        if (Required.GetValueOrDefault(driver) is { } needed && !given.ContainsKey(needed))
            logging.Report("options", $"The driver {driver} needs '{needed}', which is not there.", $"Add {needed}: …");
        if (Files.Contains(driver))
            foreach (var option in given.Keys.Where(option => !OfFiles.Contains(option)))
                logging.Report(
                    $"options.{option}",
                    $"The driver {driver} has no option '{option}'.",
                    Nearest.HintOr(option, OfFiles, $"Its options: {string.Join(", ", OfFiles)}.")
                );
        return new Logging(driver) { Options = Usual(driver).SetItems(given) };
    }

    private static string Driver(Section logging)
    {
        var driver = logging.TextOr("driver", Logging.JsonFile,
            "the engine's driver: `json-file` and `local` keep bounded files, "
            + "`journald` hands them to systemd, `syslog`, `gelf`, `fluentd`, `awslogs`, `gcplogs` send them away; "
            + "`loki`, or another plugin by its full name, once it is installed (`docker plugin install`)");
        // A plugin's whole name has its repository in it.
        if (Drivers.Contains(driver) || driver.Contains('/', StringComparison.Ordinal))
            return driver;
        logging.Report(
            "driver",
            $"'{driver}' is not a supported driver.",
            $"Write one of {string.Join(", ", Drivers)}, or a plugin's full name, such as grafana/loki-docker-driver:3.5.0."
        );
        return Logging.JsonFile;
    }

    // Files and memory on this machine are bounded; a collector that is slow or away neither stops a service nor keeps it from starting.
    private static ImmutableSortedDictionary<string, string> Usual(string driver) => driver switch
    {
        Logging.JsonFile or "local" => Logging.Default.Options,
        "journald" => Options(("tag", Name)),
        "fluentd" => Options(("tag", Name), ("mode", "non-blocking"), ("fluentd-async", "true")),
        "gelf" or "syslog" => Options(("tag", Name), ("mode", "non-blocking")),
        _ => Options(("mode", "non-blocking")),
    };

    private const string Name = "{{.Name}}";

    private static ImmutableSortedDictionary<string, string> Options(params IEnumerable<(string Name, string Value)> options)
        => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, options.Select(option => KeyValuePair.Create(option.Name, option.Value)));
}
