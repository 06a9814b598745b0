using System.Collections.Frozen;
using System.Globalization;
using Infra.Stacks;
using Infra.Stacks.Configuration;

namespace Infra.Tests.SettingsMutants;

/// <summary>Changes one thing in the tree of a settings file.</summary>
internal sealed class TreeMutations(Random random)
{
    private static readonly IReadOnlyList<TreeMap> Trees = [.. Source.All.Select(source => (TreeMap)YamlTree.Read(source.Text))];

    // Every entry of every file, to be put where it is not.
    private static readonly IReadOnlyList<(string Key, YamlTree Value)> Entries = [.. Trees.SelectMany(Within).SelectMany(map => map.Entries)];

    private static readonly FrozenSet<string> Declared = SettingsParser.Declared(EnvironmentKind.Prod).Select(setting => setting.Path).ToFrozenSet();

    private static readonly IReadOnlyList<string> Keys = [.. Entries.Select(entry => entry.Key).Concat(OddValues.Keys).Distinct()];

    /// <summary>Changes it.</summary>
    /// <returns>What was done, for whoever reads the file.</returns>
    public string Change(TreeMap root)
    {
        var maps = Within(root).Where(map => map.Entries.Count > 0 && map != root).ToArray();
        var map = One(maps);
        var at = random.Next(map.Entries.Count);
        var (key, value) = map.Entries[at];
        switch (random.Next(26))
        {
            case 0: map.Entries.RemoveAt(at); return $"dropped {key}";
            case 1: return Renamed(map, at, One(OddValues.Names));
            case 2: return Renamed(map, at, One(Keys));
            case 3: map.Entries.Insert(random.Next(map.Entries.Count + 1), (key, value.Copy())); return $"{key} twice";
            case 4: map.Entries.Add((One(OddValues.Names), value.Copy())); return $"{key} again under {map.Entries[^1].Key}";
            case 5: return Replaced(map, at, new TreeText(One(OddValues.Any)));
            case 6: return Replaced(map, at, Wrapped(value));
            case 7: return Swapped(map, at, One(maps));
            case 8: return Replaced(map, at, One(Entries).Value.Copy());
            case 9: return Replaced(map, at, Borrowed(key) ?? new TreeText(One(OddValues.Any)));
            case 10: return Replaced(map, at, new TreeText(One(OddValues.Numbers)));
            case 11: return Replaced(map, at, Spoiled(value));
            case 12: return Replaced(map, at, Reference(root));
            case 13: return Moved(map, at, One(maps));
            case 14: return ServiceAgain(root);
            case 15: return Kind(root);
            default: return Told(root);
        }
    }

    private static string Renamed(TreeMap map, int at, string name)
    {
        var old = map.Entries[at].Key;
        map.Entries[at] = (name, map.Entries[at].Value);
        return $"{old} is called {name}";
    }

    private static string Replaced(TreeMap map, int at, YamlTree value)
    {
        map.Entries[at] = (map.Entries[at].Key, value);
        return $"{map.Entries[at].Key} is another";
    }

    private string Swapped(TreeMap map, int at, TreeMap other)
    {
        var to = random.Next(other.Entries.Count);
        var (one, two) = (map.Entries[at].Value.Copy(), other.Entries[to].Value.Copy());
        Replaced(other, to, one);
        Replaced(map, at, two);
        return $"{map.Entries[at].Key} and {other.Entries[to].Key} swapped";
    }

    private string Moved(TreeMap map, int at, TreeMap other)
    {
        var (key, value) = (map.Entries[at].Key, map.Entries[at].Value.Copy());
        map.Entries.RemoveAt(at);
        other.Entries.Insert(random.Next(other.Entries.Count + 1), (key, value));
        return $"{key} moved";
    }

    private YamlTree? Borrowed(string key)
        => Entries.Where(entry => entry.Key == key).ToArray() is { Length: > 0 } others ? One(others).Value.Copy() : null;

    private YamlTree Wrapped(YamlTree value) => (value, random.Next(4)) switch
    {
        (TreeMap map, 0) => new TreeList([.. map.Entries.Select(entry => new TreeText(entry.Key))]),
        (TreeMap { Entries.Count: > 0 } map, 1) => One(map.Entries).Value.Copy(),
        (TreeList { Items.Count: > 0 } list, 0) => One(list.Items).Copy(),
        (TreeList list, 1) => new TreeMap([.. list.Items.OfType<TreeText>().Select(item => (item.Raw, (YamlTree)new TreeText("x")))]),
        (TreeList list, 2) => new TreeText(YamlTree.Quoted(string.Join(' ', list.Items.OfType<TreeText>().Select(item => item.Raw)))),
        (_, 3) => new TreeMap([(One(OddValues.Names), value.Copy())]),
        _ => new TreeList([value.Copy()]),
    };

    private YamlTree Spoiled(YamlTree value)
    {
        switch (value)
        {
            case TreeList { Items.Count: > 0 } list:
                var items = list.Items.Select(item => item.Copy()).ToList();
                var at = random.Next(items.Count);
                switch (random.Next(4))
                {
                    case 0: items.RemoveAt(at); break;
                    case 1: items.Insert(at, items[at].Copy()); break;
                    case 2: items[at] = new TreeText(One(OddValues.Any)); break;
                    default: items[at] = Spoiled(items[at]); break;
                }

                return new TreeList(items);
            case TreeText text:
                return new TreeText(random.Next(4) == 0 ? Piece(text.Raw) : YamlTree.Quoted(Piece(Plain(text.Raw))));
            default:
                return new TreeText(One(OddValues.Any));
        }
    }

    private string Piece(string text)
    {
        var at = random.Next(text.Length + 1);
        return random.Next(5) == 0 && at < text.Length ? text.Remove(at, 1) : text.Insert(at, One(OddValues.Pieces));
    }

    private static string Plain(string raw) => raw is ['"', .., '"'] ? (string)System.Text.Json.Nodes.JsonNode.Parse(raw)! : raw;

    private TreeText Reference(TreeMap root)
    {
        string[] attributes =
            ["url", "host", "port", "address", "user", "password", "name", "ca", "nothing", "password.file", "url.file", "url/1", "url/a?b=c"];
        var name = Services(root) is { Entries.Count: > 0 } services && random.Next(4) > 0 ? One(services.Entries).Key : One(OddValues.Names);
        var scheme = random.Next(4) == 0 ? "a+b://" : "";
        return new TreeText(YamlTree.Quoted($"{{{scheme}{name}.{One(attributes)}}}"));
    }

    private string ServiceAgain(TreeMap root)
    {
        var other = One(Trees.Select(Services).OfType<TreeMap>().SelectMany(map => map.Entries).ToArray());
        var name = random.Next(2) == 0 ? other.Key : One(OddValues.Names);
        if (Services(root) is not { } services) return Told(root);
        services.Entries.Add((name, other.Value.Copy()));
        return $"{other.Key} of another as {name}";
    }

    private string Kind(TreeMap root)
    {
        var services = Services(root)?.Entries.Where(entry => entry.Value is TreeMap).ToArray();
        if (services is not { Length: > 0 }) return Told(root);
        var (name, value) = One(services);
        Put((TreeMap)value, "kind", new TreeText(One(OddValues.For("kind"))));
        return $"{name} is a {((TreeMap)value).Find("kind")?.Text(0).Trim()}";
    }

    // A key that is known there gets a value of its own kind: most of what is accepted comes from here.
    private string Told(TreeMap root)
    {
        if (root.Find("config") is not TreeMap config) return "nothing";
        var services = Services(root)?.Entries.Where(entry => entry.Value is TreeMap).ToArray() ?? [];
        var (section, map) = random.Next(5) == 0 || services.Length == 0 ? Section(config) : Service(One(services));
        string[] keys = [.. OddValues.Keys.Where(name => Declared.Contains($"{section}{name}"))];
        if (keys.Length == 0) return "nothing";
        var key = One(keys);
        Put(map, section.Length == 0 ? "infra:" + key : key, new TreeText(One(OddValues.For(key))));
        return string.Create(CultureInfo.InvariantCulture, $"{section}{key} is told {map.Find(key)?.Text(0).Trim()}");
    }

    private static (string, TreeMap) Service((string Key, YamlTree Value) service)
    {
        var map = (TreeMap)service.Value;
        return ($"services.{(map.Find("kind") is TreeText kind ? kind.Raw : service.Key)}.", map);
    }

    private (string, TreeMap) Section(TreeMap config)
    {
        var section = One(["", "app", "proxy", "backup", "monitoring", "logging"]);
        if (section.Length == 0) return ("", config);
        if (config.Find("infra:" + section) is not TreeMap) Put(config, "infra:" + section, new TreeMap([]));
        return (section + ".", (TreeMap)config.Find("infra:" + section)!);
    }

    private static void Put(TreeMap map, string key, YamlTree value)
    {
        var at = map.Entries.FindIndex(entry => entry.Key == key);
        if (at < 0) map.Entries.Add((key, value));
        else map.Entries[at] = (key, value);
    }

    private static TreeMap? Services(TreeMap root) => (root.Find("config") as TreeMap)?.Find("infra:services") as TreeMap;

    private static IEnumerable<TreeMap> Within(YamlTree tree) => tree switch
    {
        TreeMap map => map.Entries.SelectMany(entry => Within(entry.Value)).Prepend(map),
        TreeList list => list.Items.SelectMany(Within),
        _ => [],
    };

    private T One<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
