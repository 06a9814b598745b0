using System.Xml.Linq;
using Infra.Model;
using static Infra.Targets.Diagrams.Measures;

namespace Infra.Targets.Diagrams;

/// <summary>Draws a service's card: name and role, then a row for each thing worth knowing.</summary>
internal static class CardDrawing
{
    private const double TextStart = 16;

    public static XElement Draw(Node card, int networks, SharedImages shared, Mark? mark)
    {
        var service = card.Service!;
        var rows = Card.Rows(service, networks);
        return Svg.Group("service",
            Svg.Is("data-service", service.Name),
            mark is { } becomes ? Svg.Is("data-mark", Palette.Word(becomes)) : null,
            mark == Mark.Gone ? Svg.Is("opacity", "0.5") : null,
            Svg.Title($"{service.Title()}: {string.Join("; ", rows.Select(row => $"{row.Label} {row.Text} {row.Detail}".Trim()))}"),
            Box(card, service.Role),
            Head(card, service, mark),
            mark is { } shown ? Outline(card, shown) : null,
            rows.Select((row, index) => Row(card, row, card.Y + CardHeader + CardPadding + ((index + 0.5) * Measures.Row), service, shared)));
    }

    private static object[] Box(Node card, ServiceRole role)
    {
        var header =
            $"M{Svg.Number(card.X)} {Svg.Number(card.Y + CardHeader)}v{Svg.Number(8 - CardHeader)}"
            + $"a8 8 0 0 1 8 -8h{Svg.Number(CardWidth - 16)}a8 8 0 0 1 8 8v{Svg.Number(CardHeader - 8)}z";
        return [Svg.Rect("card", card.X, card.Y, CardWidth, card.Height, 8), Svg.Path("head", header, Svg.Is("fill", Palette.Color(role)))];
    }

    private static XElement Outline(Node card, Mark mark)
    {
        var outline = Svg.Rect("mark", card.X - 2, card.Y - 2, CardWidth + 4, card.Height + 4, 10);
        outline.Add(Svg.Is("fill", "none"), Svg.Is("stroke", Palette.Color(mark)), Svg.Is("stroke-width", 3));
        return outline;
    }

    private static object[] Head(Node card, ServiceSpec service, Mark? mark)
    {
        var role = mark is { } becomes ? $"{Palette.Word(service.Role)}, {Palette.Word(becomes)}" : Palette.Word(service.Role);
        var room = CardWidth - (2 * TextStart) - TextFit.Width(role, 11) - 12;
        return
        [
            Svg.Text("name", card.X + TextStart, card.Y + 21, TextFit.Cut(service.Title(), room, 15)),
            Svg.Text("role", card.X + CardWidth - TextStart, card.Y + 20.5, role, "end"),
        ];
    }

    private static object[] Row(Node card, CardRow row, double middle, ServiceSpec service, SharedImages shared)
    {
        var x = card.X + TextStart;
        var room = CardWidth - (2 * TextStart) - LabelColumn;
        return row.Kind switch
        {
            RowKind.Volume => Volume(x, middle, row, room, service),
            RowKind.Port or RowKind.OpenPort => Port(x, middle, row, room),
            _ =>
            [
                Svg.Text("label", x, middle + 4, row.Label),
                .. row.Label == "image" && shared.Swatch(service.Image) is { } colour
                    ?
                    [
                        Svg.Element(
                            "rect",
                            Svg.Is("class", "swatch"),
                            Svg.Is("x", x + LabelColumn - 15),
                            Svg.Is("y", middle - 4.5),
                            Svg.Is("width", 9),
                            Svg.Is("height", 9),
                            Svg.Is("rx", 2),
                            Svg.Is("fill", colour)
                        ),
                    ]
                    : Array.Empty<object>(),
                Svg.Text(
                    Style(row.Kind),
                    x + LabelColumn,
                    middle + 4,
                    TextFit.Cut(row.Text, room, row.Kind == RowKind.Code ? 10.5 : 11.5, row.Kind == RowKind.Code)
                ),
            ],
        };
    }

    private static object[] Volume(double x, double middle, CardRow row, double room, ServiceSpec service)
    {
        var keeps = service.Mounts.OfType<VolumeMount>().First(mount => mount.Volume.Name == row.Text).Volume.HoldsState;
        var name = TextFit.Cut(row.Text, room * 0.6, 11.5);
        var start = x + LabelColumn + TextFit.Width(name, 11.5) + 6;
        return
        [
            Svg.Cylinder(x + 7, middle, keeps, Svg.Is("data-volume", row.Text)),
            Svg.Text("value", x + LabelColumn, middle + 4, name),
            Svg.Text("path", start, middle + 4, TextFit.Cut(row.Detail ?? "", x + LabelColumn + room - start, 10.5, mono: true)),
        ];
    }

    private static object[] Port(double x, double middle, CardRow row, double room)
    {
        var text = TextFit.Cut(row.Text, room - 8, 10.5, mono: true);
        return
        [
            Svg.Text("label", x, middle + 4, row.Label),
            Svg.Rect(
                row.Kind == RowKind.Port ? "port" : "port open",
                x + LabelColumn - 5,
                middle - 8,
                TextFit.Width(text, 10.5, mono: true) + 12,
                16,
                8
            ),
            Svg.Text(row.Kind == RowKind.Port ? "badge" : "badge open", x + LabelColumn + 1, middle + 3.7, text),
        ];
    }

    private static string Style(RowKind kind) => kind switch { RowKind.Code => "code", RowKind.Missing => "missing", _ => "value" };
}
