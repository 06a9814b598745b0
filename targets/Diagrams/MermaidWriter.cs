using System.Text;
using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>Writes a topology as a Mermaid flowchart, whose arrows run in start order as those of <see cref="SvgWriter"/> do.</summary>
public static class MermaidWriter
{
    /// <summary>The flowchart, the same for the same topology; texts are escaped, ids made of letters and digits.</summary>
    /// <param name="topology">What is drawn.</param>
    /// <param name="marks">What becomes of services, by name, in a picture of two topologies; none by default.</param>
    public static string Write(Topology topology, IReadOnlyDictionary<string, Mark>? marks = null)
    {
        var ids = new MermaidIds();
        var text = new StringBuilder("flowchart LR\n");
        foreach (
            var line in (IEnumerable<string>)
                [
                    .. Services(topology, ids),
                    .. Waits(topology, ids),
                    .. Externals(topology, ids),
                    .. Volumes(topology, ids),
                    .. Ports(topology, ids),
                    .. Images(topology, ids),
                    .. Colours(topology, ids),
                    .. Marks(topology, ids, marks),
                ]
        )
            text.Append("    ").Append(line).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<string> Services(Topology topology, MermaidIds ids)
    {
        if (topology.Networks.Length < 2)
            return topology.Services.Select(service => Service(service, ids, 1));
        return topology
            .Services.GroupBy(Columns.Band, StringComparer.Ordinal)
            .OrderBy(band => band.Key, StringComparer.Ordinal)
            .SelectMany(band =>
                (string[])
                    [
                        $"subgraph {ids.For("network", band.Key)}[\"network {MermaidIds.Escape(band.Key)}\"]",
                        .. band.Select(service => "    " + Service(service, ids, topology.Networks.Length)),
                        "end",
                    ]
            );
    }

    private static string Service(ServiceSpec service, MermaidIds ids, int networks)
    {
        var rows = Card.Rows(service, networks)
            .Where(row => row.Label is "limits" or "also on")
            .Select(row => row.Label == "limits" ? row.Text : $"also on {row.Text}");
        var lines = rows.Prepend(Card.Image(service.Image)).Select(MermaidIds.Escape);
        return $"{ids.For("service", service.Name)}[\"<b>{MermaidIds.Escape(service.Title())}</b><br/>{string.Join("<br/>", lines)}\"]";
    }

    private static IEnumerable<string> Waits(Topology topology, MermaidIds ids) =>
        from service in topology.Services
        from wait in service.WaitsFor
        select $"{ids.For("service", wait.Service)} -->|{Palette.Word(wait.Condition)}| {ids.For("service", service.Name)}";

    private static IEnumerable<string> Externals(Topology topology, MermaidIds ids) =>
    [
        .. topology.Externals.Select(external =>
            FormattableString.Invariant($"{ids.For("external", external.Name)}{{{{\"<b>{MermaidIds.Escape(external.Name)}</b><br/>elsewhere<br/>")
            + MermaidIds.Escape(FormattableString.Invariant($"{external.Endpoint.Host}:{external.Endpoint.Port}")) + "\"}}"),
        .. from service in topology.Services
           from external in service.Externals
           select $"{ids.For("external", external.Name)} -.-> {ids.For("service", service.Name)}",
    ];

    private static IEnumerable<string> Volumes(Topology topology, MermaidIds ids) =>
    [
        .. topology.Volumes.Select(volume => $"{ids.For("volume", volume.Name)}[(\"{MermaidIds.Escape(volume.Name)}{Existing(volume)}\")]"),
        .. from service in topology.Services
           from mount in service.Mounts.OfType<VolumeMount>()
           select $"{ids.For("service", service.Name)} --- {ids.For("volume", mount.Volume.Name)}",
    ];

    private static string Existing(Volume volume) => volume.Existing is { } name ? "<br/>" + MermaidIds.Escape(name) : "";

    private static IEnumerable<string> Ports(Topology topology, MermaidIds ids) =>
        from service in topology.Services
        from port in service.Ports
        let address = FormattableString.Invariant($"{port.Address}:{port.Host}{(port.Protocol == "tcp" ? "" : "/" + port.Protocol)}")
        let who = port.IsLoopback ? "you" : "everybody"
        select FormattableString.Invariant(
            $"{ids.For("port", address)}([\"{who} / {MermaidIds.Escape(address)}\"]) -->|{port.Container}| {ids.For("service", service.Name)}"
        );

    private static IEnumerable<string> Images(Topology topology, MermaidIds ids) =>
        new SharedImages(topology).All.SelectMany(shared =>
            (string[])
                [
                    $"{ids.For("image", shared.Image.Name)}[[\"image {MermaidIds.Escape(shared.Image.Name)}, "
                        + $"built once from {MermaidIds.Escape($"{shared.Image.Context}/{shared.Image.Dockerfile}")}\"]]",
                    .. shared.Services.Select(service => $"{ids.For("image", shared.Image.Name)} -.- {ids.For("service", service)}"),
                ]
        );

    private static IEnumerable<string> Colours(Topology topology, MermaidIds ids) => topology.Services
        .GroupBy(service => service.Role).OrderBy(same => same.Key).SelectMany(same => (string[])
        [
            $"classDef {Palette.Word(same.Key)}_role fill:{Palette.Color(same.Key)},stroke:{Palette.Color(same.Key)},color:#ffffff",
            $"class {string.Join(',', same.Select(service => ids.For("service", service.Name)).Distinct())} {Palette.Word(same.Key)}_role",
        ]);

    private static IEnumerable<string> Marks(Topology topology, MermaidIds ids, IReadOnlyDictionary<string, Mark>? marks) =>
        topology.Services.Where(service => marks?.ContainsKey(service.Name) == true)
            .GroupBy(service => marks![service.Name]).OrderBy(same => same.Key).SelectMany(same => (string[])
            [
                $"classDef {Palette.Word(same.Key)}_mark stroke:{Palette.Color(same.Key)},stroke-width:5px"
                    + (same.Key == Mark.Gone ? ",opacity:0.5" : ""),
                $"class {string.Join(',', same.Select(service => ids.For("service", service.Name)))} {Palette.Word(same.Key)}_mark",
            ]);
}
