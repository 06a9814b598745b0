using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Spectre.Console;

namespace Infra.Operations.Previews;

/// <summary>A tree for the terminal.</summary>
public static class TextPreview
{
    public static void Write(StackContext stack, IAnsiConsole console)
    {
        var tree = new Tree(Plain(ServiceLines.Summary(stack)));
        foreach (var service in stack.Topology.InStartOrder()) Add(tree, stack, service);
        foreach (var name in stack.LeftOut) tree.AddNode($"[yellow]{Plain(name)}: left out, Debian has no package for it[/]");
        console.Write(tree);
        foreach (var finding in stack.Findings)
            console.MarkupLine($"[{Colour(finding.Severity)}]{Plain(finding.ToString())}[/]");
        if (stack.Findings.IsEmpty)
            console.MarkupLine("[green]No findings.[/]");
    }

    /// <summary>The same without colours and broken lines.</summary>
    public static string Write(StackContext stack)
    {
        using var text = new StringWriter();
        Write(stack, PlainConsole.On(text));
        return text.ToString();
    }

    private static string Colour(Severity severity) => severity switch
    {
        Severity.Error => "red",
        Severity.Warning => "yellow",
        _ => "grey",
    };

    private static string Plain(string text) => Markup.Escape(Visible.Escape(text));

    private static void Add(Tree tree, StackContext stack, ServiceSpec service)
    {
        var node = tree.AddNode(
            $"[bold]{Plain(service.Title())}[/]  {Plain(ServiceLines.Image(stack, service))}  [grey]{Plain(ServiceLines.Limits(service))}[/]"
        );
        Line("ports", ServiceLines.Ports(service));
        Line("waits for", ServiceLines.Waits(service));
        Line("mounts", string.Join(", ", ServiceLines.Mounts(service)));
        Line("files", ServiceLines.Files(service));
        Line("probe", ServiceLines.Probe(service));

        void Line(string what, string value)
        {
            if (value.Length > 0) node.AddNode($"[grey]{what}[/] {Plain(value)}");
        }
    }
}
