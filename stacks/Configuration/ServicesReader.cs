using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Infra.Stacks.Configuration;

/// <summary>Reads which services there are, and what each is like.</summary>
internal static class ServicesReader
{
    /// <summary>The section's key.</summary>
    public const string Key = "services";

    private const string Sentence = "what runs; nothing else does but what prod adds";

    /// <summary>The services in the order of the file; those of a system are named by it, and only adjusted here.</summary>
    public static ImmutableArray<ServiceSettings> Read(
        Section root,
        ImmutableArray<ServiceKind> kinds,
        SystemKind? system,
        AppSettings app,
        bool isWatched
    )
    {
        root.DeclareServices(Key, Sentence, kinds, app);
        var map = root.Services(Key);
        var named = system is { } kind ? OfSystem(root, map, kind, kinds) : OfFile(root, map, kinds);
        var running = named.Where(each => !IsOff(map[each.Name])).ToLookup(each => each.Kind.Name, each => each.Name);
        var around = new KindContext(app, isWatched, running.Contains("rabbitmq"), system is not null, [.. running["postgres"]]);
        ImmutableArray<ServiceSettings> services =
        [
            .. named
                .Select(each => root.Service(Key, each.Name, map, section => One(each.Name, each.Kind, section, around)))
                .OfType<ServiceSettings>(),
        ];
        if (services.IsEmpty && !named.IsEmpty)
            root.Report(Key, "Every service is switched off, so nothing would run.", "Drop enabled: false from one.");
        return services;
    }

    /// <summary>What one service's keys say.</summary>
    public static ServiceSettings? One(string name, ServiceKind kind, Section section, KindContext around)
    {
        section.Text("kind", "what kind of service it is", "its name");
        var isEnabled = section.Flag("enabled", true, "`false`: as if it were not named");
        var args = kind.Read(name, section, around);
        var process = kind.IsProcess ? ProcessSettings.Read(section) : null;
        if (process is not null && kind.RunsApplication) process = around.App.Process.With(process);
        ExportedSecrets.Review(section, args, process);
        var runtime = RuntimeSettings.Read(kind.IsElsewhere ? section.Empty() : section, kind.IsProcess);
        if (runtime.TimeZone is not null && process?.Environment.ContainsKey(RuntimeSettings.TimeZoneVariable) == true)
            section.Report("timeZone", $"{RuntimeSettings.TimeZoneVariable} stands in environment, too.", "Drop one of the two.");
        var reloads =
            !kind.RunsApplication
            || kind.IsStep
            || section.Flag("reload", true, "`false`: development leaves its command and its code as the image has them");
        if (args is ExternalStore && !kind.IsElsewhere)
            section.Only(
                ["kind", "enabled", .. kind.KeysElsewhere],
                $"'{name}' runs elsewhere, and this is of a container here.",
                "Drop it, or drop 'external'."
            );
        if (kind.RunsApplication) process?.ReviewDelivery(section, around.App.Build);
        if (!kind.HasProbe && !runtime.Probe.IsOwn && runtime.Probe.IsTimed)
            section.Report(
                "probe",
                $"A {kind.Name} has no probe of its own whose times these could be.",
                "Set command, http, tcp or file, or drop it."
            );
        return !isEnabled
            ? null
            : new ServiceSettings(name, kind, args)
            {
                Process = process,
                Runtime = runtime,
                Reloads = reloads,
            };
    }

    private sealed record NamedKind(string Name, ServiceKind Kind);

    private static ImmutableArray<NamedKind> OfFile(Section root, JsonObject map, ImmutableArray<ServiceKind> kinds)
    {
        var named = ImmutableArray.CreateBuilder<NamedKind>();
        var names = kinds.Select(kind => kind.Name).ToArray();
        foreach (var (name, value) in map)
        {
            var written = (value as JsonObject)?["kind"]?.ToString();
            if (!IsName(name))
                root.Report(
                    $"{Key}.{name}",
                    $"'{name}' is not a service's name.",
                    "Write lower-case letters, digits, '-' and '_', with a letter first, up to 40 of them."
                );
            else if (kinds.FirstOrDefault(kind => kind.Name == (written ?? name)) is { } kind)
                named.Add(new NamedKind(name, kind));
            else if (written is null)
                root.Report(
                    $"{Key}.{name}",
                    "It does not say what kind of service it is, and is not called after one.",
                    $"Write kind: one of {string.Join(", ", names)}."
                );
            else
                root.Report(
                    $"{Key}.{name}.kind",
                    $"There is no kind '{written}'.",
                    Nearest.HintOr(written, names, $"Kinds: {string.Join(", ", names)}.")
                );
        }

        if (map.Count == 0 && root.IsSectionOrUnset(Key) && !root.IsEncrypted(Key))
            root.Report(
                Key,
                "It names no service, so nothing would run.",
                "Name them: infra:services: { postgres: {}, web: { command: … } }. See docs/settings.md."
            );
        return named.ToImmutable();
    }

    private static ImmutableArray<NamedKind> OfSystem(
        Section root,
        JsonObject map,
        SystemKind system,
        ImmutableArray<ServiceKind> kinds
    )
    {
        var services = SystemServices.Of(system);
        foreach (var (name, value) in map)
            if (services.All(service => service.Name != name))
                root.Report(
                    $"{Key}.{name}",
                    $"The system {SettingKinds.Spelled(system.ToString())} has no such service.",
                    Nearest.HintOr(
                        name,
                        services.Select(service => service.Name),
                        $"Its services: {string.Join(", ", services.Select(service => service.Name))}."
                    )
                );
            else if ((value as JsonObject)?["kind"] is not null)
                root.Report($"{Key}.{name}.kind", "A system says itself what its services are.", "Drop it.");
            else
                ReviewFixed(root, services.First(service => service.Name == name), value as JsonObject);
        return
        [
            .. services
                .Where(service => !service.IsOptional || map.ContainsKey(service.Name))
                .Select(service => new NamedKind(service.Name, kinds.First(kind => kind.Name == service.Kind))),
        ];
    }

    private static void ReviewFixed(Section root, SystemService service, JsonObject? values)
    {
        foreach (var key in service.Fixed.Where(key => values?[key] is not null))
            root.Report($"{Key}.{service.Name}.{key}", "The system says it itself, so this would change nothing.", "Drop it.");
        if (service.IsNeeded && IsOff(values))
            root.Report($"{Key}.{service.Name}.enabled", "The system does not work without it.", "Drop it.");
    }

    private static bool IsOff(JsonNode? values)
        => string.Equals((values as JsonObject)?["enabled"]?.ToString(), "false", StringComparison.OrdinalIgnoreCase);

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 40
        && char.IsAsciiLetterLower(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_')
        && name != ReferenceHole.Secrets;
}
