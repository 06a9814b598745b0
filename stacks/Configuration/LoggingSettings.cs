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

    public static Logging Read(Section logging)
    {
        var driver = Driver(logging);
        var given = logging.Map("options");
        if (Required.GetValueOrDefault(driver) is { } needed && !given.ContainsKey(needed))
            logging.Report("options", $"The driver {driver} needs '{needed}', which is not there.", $"Add {needed}: …");
        return new Logging(driver) { Options = Usual(driver).SetItems(given) };
    }

    private static string Driver(Section logging)
    {
        var driver = logging.Text("driver", Logging.JsonFile);
        // A plugin's whole name has its repository in it.
        if (Drivers.Contains(driver) || driver.Contains('/', StringComparison.Ordinal)) return driver;
        logging.Report("driver", $"'{driver}' is no driver that is taken here.", $"Write one of {string.Join(", ", Drivers)}, or a plugin's whole name, such as grafana/loki-docker-driver:3.5.0.");
        return Logging.JsonFile;
    }

    // Files and memory on this machine are bounded; a collector that is slow or away neither stops a service nor keeps it from starting.
    private static ImmutableSortedDictionary<string, string> Usual(string driver) => driver switch
    {
        Logging.JsonFile or "local" => Logging.Default.Options,
        "journald" => Of(("tag", Name)),
        "fluentd" => Of(("tag", Name), ("mode", "non-blocking"), ("fluentd-async", "true")),
        "gelf" or "syslog" => Of(("tag", Name), ("mode", "non-blocking")),
        _ => Of(("mode", "non-blocking")),
    };

    private const string Name = "{{.Name}}";

    private static ImmutableSortedDictionary<string, string> Of(params IEnumerable<(string Name, string Value)> options)
        => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, options.Select(option => KeyValuePair.Create(option.Name, option.Value)));
}
