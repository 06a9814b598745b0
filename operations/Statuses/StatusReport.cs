using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Engine;
using Spectre.Console;

namespace Infra.Operations.Statuses;

/// <summary>Gathers how each service of a stack is, those that should run and do not included.</summary>
public static class StatusReport
{
    public static async Task<ImmutableArray<StatusRow>> GatherAsync(Docker docker, Topology topology, CancellationToken cancellationToken)
    {
        var existing = await docker.ContainersAsync(topology.Naming, cancellationToken);
        var used = await UsedAsync(
            docker,
            [.. existing.Where(container => container.IsRunning).Select(container => container.Id)],
            cancellationToken
        );
        var known = topology.Services.Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. topology.Services.SelectMany(service => Rows(service, [.. existing.Where(container => container.Service == service.Name)], used)),
            .. existing
                .Where(container => container.Service.Length > 0 && !known.Contains(container.Service))
                .Select(container => new StatusRow(
                    container.Title,
                    $"{container.Word}, not in the stack any more",
                    false,
                    string.Join(' ', container.Ports),
                    "",
                    "",
                    ""
                )),
        ];
    }

    public static void Write(ImmutableArray<StatusRow> rows, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("service", "state", "ports", "memory", "limit", "cpu");
        foreach (var row in rows)
            table.AddRow(
                Markup.Escape(row.Service),
                $"[{(row.IsWell ? "green" : "red")}]{Markup.Escape(row.State)}[/]",
                Markup.Escape(row.Ports),
                row.Memory,
                row.Limit,
                row.Cpu
            );
        console.Write(table);
    }

    private static IEnumerable<StatusRow> Rows(
        ServiceSpec service,
        ImmutableArray<ContainerState> own,
        IReadOnlyDictionary<string, (string Memory, string Cpu)> used
    )
    {
        // While one takes the place of another, the service is as the better of them.
        if (service.Containers() == 1) return [Row(service, service.Name, own.MaxBy(container => container.IsWell), used)];
        return Enumerable
            .Range(1, Math.Max(service.Containers(), own.Length))
            .Select(place =>
                Row(service, FormattableString.Invariant($"{service.Name}.{place}"), own.FirstOrDefault(one => (one.Place ?? 1) == place), used)
            );
    }

    private static StatusRow Row(
        ServiceSpec service,
        string name,
        ContainerState? container,
        IReadOnlyDictionary<string, (string Memory, string Cpu)> used
    )
    {
        var limit = service.Memory?.Text ?? "none";
        if (container is null) return new StatusRow(name, "not there", false, "", "", limit, "");
        var (memory, cpu) = used.GetValueOrDefault(container.Id, ("", ""));
        return new StatusRow(name, container.Word, container.IsWell, string.Join(' ', container.Ports), memory, limit, cpu);
    }

    private static async Task<IReadOnlyDictionary<string, (string, string)>> UsedAsync(
        Docker docker,
        ImmutableArray<string> ids,
        CancellationToken cancellationToken
    )
    {
        if (ids.IsEmpty) return ImmutableDictionary<string, (string, string)>.Empty;
        var stats = await docker.RunAsync(["stats", "--no-stream", "--no-trunc", "--format", "{{json .}}", .. ids], cancellationToken);
        return Docker
            .Lines(stats)
            .Select(line => JsonNode.Parse(line)!)
            .ToDictionary(
                row => Text(row, "ID"),
                row => (Memory(Text(row, "MemUsage").Split('/')[0].Trim()), Text(row, "CPUPerc")),
                StringComparer.Ordinal
            );
    }

    private static string Memory(string used) => Model.Size.TryParse(used, out var size) ? size.Text : used;

    private static string Text(JsonNode node, string key) => node[key]?.GetValue<string>() ?? "";
}
