using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>What kind of sign a row has.</summary>
internal enum RowKind
{
    Text,
    Code,
    Missing,
    Volume,
    Port,
    OpenPort,
}

/// <summary>A row of a service's card.</summary>
internal sealed record CardRow(RowKind Kind, string Label, string Text, string? Detail = null);

/// <summary>What a diagram shows of a service, as text.</summary>
internal static partial class Card
{
    public static ImmutableArray<CardRow> Rows(ServiceSpec service, int networks) =>
        [
            new(RowKind.Code, "image", Image(service.Image)),
            Limits(service),
            .. ProbeOf(service),
            .. networks > 1 && service.Networks.Length > 1
                ? new[] { new CardRow(RowKind.Text, "also on", string.Join(", ", service.Networks.Skip(1).Select(place => place.Network.Name))) }
                : [],
            .. service.Externals.Select(external => new CardRow(
                RowKind.Text,
                "uses",
                FormattableString.Invariant($"{external.Name}, {external.Endpoint.Host}:{external.Endpoint.Port}")
            )),
            .. service.Mounts.OfType<VolumeMount>().Select(mount => new CardRow(RowKind.Volume, "", mount.Volume.Name, mount.Target)),
            .. service.Ports.Select(port => new CardRow(
                port.IsLoopback ? RowKind.Port : RowKind.OpenPort,
                "port",
                port.ToString().Replace("→", " → ", StringComparison.Ordinal)
            )),
        ];

    public static double Height(ServiceSpec service, int networks)
        => Measures.CardHeader + (2 * Measures.CardPadding) + (Rows(service, networks).Length * Measures.Row);

    public static string Image(Image image) => image switch
    {
        BuiltImage built => $"{built.Name}, built here",
        PinnedImage pinned => pinned.ShortReference,
        _ => image.ToString(),
    };

    public static string Cores(Cpu cpus) => cpus.Millicores == 1000 ? "1 core" : $"{cpus} cores";

    private static CardRow Limits(ServiceSpec service) =>
        service is { Memory: { } memory, Cpus: { } cpus }
            ? new(RowKind.Text, "limits", $"{memory.Text} · {Cores(cpus)}")
            : new(
                RowKind.Missing,
                "limits",
                $"{(service.Memory is { } some ? some.Text : "any memory")} · {(service.Cpus is { } share ? Cores(share) : "any cores")}"
            );

    // A job needs none: its exit code shows how it went.
    private static CardRow[] ProbeOf(ServiceSpec service) => service switch
    {
        { Health: { } health } => [new(RowKind.Code, "probe", Probe(health))],
        { Role: ServiceRole.Job } => [],
        _ => [new(RowKind.Missing, "probe", "none")],
    };

    // What is asked says more than the command that asks it.
    private static string Probe(HealthCheck health)
    {
        var command = string.Join(' ', health.Test is ["sh" or "bash", "-c", .. var script] ? script : health.Test);
        var url = Url().Match(command);
        return url.Success ? url.Value : command;
    }

    [GeneratedRegex(@"https?://[^\s'"")]+")]
    private static partial Regex Url();
}
