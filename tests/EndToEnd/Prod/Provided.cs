using System.Collections.Immutable;
using System.Globalization;
using Infra.Tests.Support;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>Does with a registered container what Pulumi's Docker provider does with it, on the real engine.</summary>
internal static class Provided
{
    private const string Digest = "sha256:";

    /// <summary>Creates it, brings its files, and starts it; one that is attached to has completed then.</summary>
    /// <param name="container">The container.</param>
    /// <param name="argument">What stands in its command in place of an argument with the mock's ids; as it is when unset.</param>
    public static async Task CreateAsync(Registered container, Func<string, string>? argument = null)
    {
        var name = (string)container["name"];
        await Engine.AskAsync([
            "create",
            "--name",
            name,
            .. Options(container),
            ((string)container["image"])[Digest.Length..],
            .. Texts(container, "command").Select(argument ?? (text => text)),
        ]);
        foreach (var upload in Maps(container, "uploads"))
        {
            var file = Path.GetTempFileName();
            await File.WriteAllTextAsync(file, (string)upload["content"]);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            await Engine.AskAsync("cp", file, $"{name}:{upload["file"]}");
            File.Delete(file);
        }

        if (container.Inputs.GetValueOrDefault("start") is false) return;
        await Engine.AskAsync(container.Inputs.GetValueOrDefault("attach") is true ? ["start", "--attach", name] : ["start", name]);
    }

    /// <summary>Deletes it as the provider does: stopped with its grace.</summary>
    public static async Task DeleteAsync(Registered container)
    {
        await Engine.AskAsync("stop", "--time", Text(container["destroyGraceSeconds"]), (string)container["name"]);
        await Engine.AskAsync("rm", (string)container["name"]);
    }

    private static IEnumerable<string> Options(Registered container) =>
        [
            .. Texts(container, "entrypoints").SelectMany(word => new[] { "--entrypoint", word }),
            .. Texts(container, "envs").SelectMany(variable => new[] { "--env", variable }),
            .. Maps(container, "volumes")
                .SelectMany(volume =>
                    new[] { "--volume", $"{volume["volumeName"]}:{volume["containerPath"]}{(volume["readOnly"] is true ? ":ro" : "")}" }
                ),
            .. Map(container, "tmpfs").SelectMany(tmpfs => new[] { "--tmpfs", $"{tmpfs.Key}:{tmpfs.Value}" }),
            .. Maps(container, "ports").SelectMany(port => new[] { "--publish", $"{port["ip"]}:{Text(port["external"])}:{Text(port["internal"])}" }),
            .. Maps(container, "labels").SelectMany(label => new[] { "--label", $"{label["label"]}={label["value"]}" }),
            .. Maps(container, "networksAdvanced")
                .SelectMany(network =>
                    ((ImmutableArray<object>)network["aliases"])
                        .SelectMany(alias => new[] { "--network-alias", (string)alias })
                        .Prepend((string)network["name"])
                        .Prepend("--network")
                ),
            .. container.Inputs.GetValueOrDefault("networkMode") is "none" ? new[] { "--network", "none" } : [],
            .. container.Inputs.GetValueOrDefault("user") is string user ? new[] { "--user", user } : [],
            .. container.Inputs.GetValueOrDefault("readOnly") is true ? new[] { "--read-only" } : [],
            .. Map(container, "capabilities")
                .SelectMany(list =>
                    ((ImmutableArray<object>)list.Value).SelectMany(name => new[] { list.Key == "adds" ? "--cap-add" : "--cap-drop", (string)name })
                ),
            .. Texts(container, "securityOpts").SelectMany(option => new[] { "--security-opt", option }),
        ];

    private static IEnumerable<string> Texts(Registered container, string input) =>
        container.Inputs.ContainsKey(input) ? container.List(input).Cast<string>() : [];

    private static ImmutableArray<ImmutableDictionary<string, object>> Maps(Registered container, string input) =>
        container.Inputs.ContainsKey(input) ? container.Maps(input) : [];

    private static ImmutableDictionary<string, object> Map(Registered container, string input) =>
        container.Inputs.ContainsKey(input) ? container.Map(input) : ImmutableDictionary<string, object>.Empty;

    private static string Text(object number) => Convert.ToString(number, CultureInfo.InvariantCulture)!;
}
