using System.Globalization;
using Infra.Tests.Offline;

namespace Infra.Tests.Cli;

/// <summary>The repository's own settings files, changed at random as people and tools break them; the same for the same seed.</summary>
internal sealed class SettingsMutations(int seed)
{
    private static readonly string[] Files =
    [
        .. Directory
            .EnumerateFiles(Repository.Root, "Pulumi.*.yaml")
            .Where(file => File.ReadLines(file).Any(line => line == "config:"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText),
    ];

    private static readonly string[] Nasty =
    [
        "",
        "~",
        "''",
        "\"\"",
        "-1",
        "0",
        "1",
        "65535",
        "65536",
        "1e99",
        "99999999999999999999",
        "0.0001",
        ".inf",
        "3.10",
        "010",
        "2026-01-01",
        "yes",
        "true",
        "1MiB",
        "5MiB",
        "79228162514264337593543950335GiB",
        "5000000000GiB",
        "0GiB",
        "lots",
        "/",
        "//",
        "..",
        "../..",
        "/..",
        "/app",
        "/app/src",
        "/tmp",
        "/etc",
        "/run/secrets/x",
        "./a",
        "a/../b",
        "/a b",
        "a b",
        "a:b",
        "a:b@c",
        "@",
        "%",
        "#",
        "!",
        "!mine x",
        "&a *a",
        "*nowhere",
        "&a [*a]",
        "[",
        "]",
        "{",
        "}",
        "[[[[]]]]",
        "{a: {b: {c: d}}}",
        "[a, [b]]",
        "{}",
        "[]",
        "[~]",
        "{'': ''}",
        "{<<: x}",
        "|",
        ">",
        "- a",
        "'open",
        "\"open",
        "\"\\0\"",
        "\"\\e[2J\"",
        "\"\\u2028\"",
        "\"a\\nb\"",
        "é",
        "日本",
        "😀",
        "\u2028",
        "\u0085",
        "\u001b",
        "\ufeff",
        "\u202e",
        "$HOME",
        "${HOME}",
        "`id`",
        "a && b",
        "a | b",
        "sh -c 'a && b'",
        "x;y",
        "localhost",
        "127.0.0.1",
        "::1",
        "shop.example.com",
        "Shop.Example.com",
        "-a-",
        "a..b",
        "postgres:",
        ":17",
        "postgres",
        "Postgres:17",
        "postgres:17.6",
        "postgres:18.1",
        "redis:7",
        "a/b/c:1.2",
        "a@sha256:ab",
        "@sha256:x",
        "dev",
        "prod",
        "mikrom",
        "hexagonal",
        "creator-hub",
        "marketplace",
        "paqueteria",
        "export",
        "distroless",
        "watchfiles",
        "sync",
        "gevent",
        "web",
        "worker",
        "beat",
    ];

    private static readonly string[] Lines =
    [
        "  infra:app: { volumes: { postgres: /app/x, a b: /y, './media': /app/media, media: '/app/m:ro' } }",
        "  infra:app: { environment: { '': x, 'a b': y, A: 'z' } }",
        "  infra:app: { source: ['../..', '/var/run', '.'] }",
        "  infra:prefix: 'My Shop_'",
        "  infra:containerNames: { web: 'My Web!', nosuch: x }",
        "  infra:services: {web: { command: [] }}",
        "  infra:services: {beat: { schedule: /schedule }}",
        "  infra:services: {beat: { schedule: x }}",
        "---",
        "...",
        "\tx: y",
        "  <<: *usual",
        "  infra:services: {web: &usual { memory: 1GiB }}",
        "  ? [a, b]",
        "  : c",
        "# comment",
        "  infra:postgres-password: x",
        "  stray: x",
        "  infra:app: { args: { 'B C': d } }",
        "config: {}",
        "  infra:services: {web: { probe: { retries: 0 } }, x: {}}",
    ];

    private readonly Random random = new(seed);

    /// <summary>The next file.</summary>
    public string Next()
    {
        var text = Files[random.Next(Files.Length)];
        for (var changes = random.Next(1, 4); changes > 0; changes--) text = Changed(text);
        return text;
    }

    private string Changed(string text)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        switch (random.Next(9))
        {
            case 0: lines.RemoveAt(at); break;
            case 1: lines.Insert(at, lines[random.Next(lines.Count)]); break;
            case 2: lines.Insert(at, Lines[random.Next(Lines.Length)]); break;
            case 3: lines[at] = lines[at].Replace("# ", "", StringComparison.Ordinal); break;
            case 4: lines[at] = new string(' ', random.Next(6)) + lines[at].TrimStart(); break;
            case 5: lines[at] = Spoiled(lines[at]); break;
            default: lines[at] = Replaced(lines[at]); break;
        }

        return string.Join('\n', lines);
    }

    // A letter more, or one less.
    private string Spoiled(string line)
    {
        var at = random.Next(line.Length + 1);
        return random.Next(2) == 0 || at == line.Length
            ? line.Insert(at, string.Create(CultureInfo.InvariantCulture, $"{(char)random.Next(32, 127)}"))
            : line.Remove(at, 1);
    }

    private string Replaced(string line) => line.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0
        ? line[..(colon + 2)] + Nasty[random.Next(Nasty.Length)]
        : line + (line.EndsWith(':') ? " " : "") + Nasty[random.Next(Nasty.Length)];
}
