using System.Text.Json.Nodes;

namespace Infra.Tests.EndToEnd;

/// <summary>A service's container as the engine has it.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Id">The container's id.</param>
/// <param name="State">Its health while it runs, else its status.</param>
/// <param name="Started">When its process was started.</param>
/// <param name="ExitCode">How its last process ended.</param>
/// <param name="Restarts">How often the engine started it again.</param>
/// <param name="Pid">Its process on the engine's machine.</param>
internal sealed record Service(string Name, string Id, string State, string Started, int ExitCode, int Restarts, int Pid)
{
    /// <summary>A signal from outside of the engine, whose own kill would count as a stop that is wanted.</summary>
    /// <returns>Between which times it was sent.</returns>
    public async Task<(DateTime From, DateTime Until)> SignalAsync(string signal)
    {
        var times = await Engine.LinesAsync(
            "run",
            "--rm",
            "--privileged",
            "--pid",
            "host",
            "--network",
            "none",
            "--entrypoint",
            "sh",
            "infra-debian/base:trixie",
            "-c",
            FormattableString.Invariant($"date +%s%3N; kill -s {signal} {Pid}; date +%s%3N"));
        return (At(times[0]), At(times[1]).AddMilliseconds(1));

        static DateTime At(string milliseconds) =>
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(milliseconds, System.Globalization.CultureInfo.InvariantCulture)).UtcDateTime;
    }

    public static Service From(JsonNode container)
    {
        var state = container["State"]!;
        var status = state["Status"]!.GetValue<string>();
        return new Service(
            container["Config"]!["Labels"]!["infra.service"]?.GetValue<string>() ?? "",
            container["Id"]!.GetValue<string>(),
            status == "running" ? state["Health"]?["Status"]?.GetValue<string>() ?? status : status,
            state["StartedAt"]!.GetValue<string>(),
            state["ExitCode"]!.GetValue<int>(),
            container["RestartCount"]!.GetValue<int>(),
            state["Pid"]!.GetValue<int>());
    }
}
