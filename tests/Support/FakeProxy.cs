using Infra.Operations.Engine;

namespace Infra.Tests.Support;

/// <summary>The container of a proxy that knows of maintenance: it keeps pages as <c>maintenance.sh</c> does.</summary>
internal sealed class FakeProxy
{
    private const string Before = " -- /var/tmp/maintenance /run/configs/Caddyfile ";

    private readonly FakeShell shell;
    private readonly string service;

    public FakeProxy(FakeShell shell, string service = "proxy")
    {
        (this.shell, this.service) = (shell, service);
        shell.On($"docker exec id-{service} sh -c # Run in a proxy's container", Answer)
            .On($"docker exec --interactive id-{service} sh -c # Run in a proxy's container", Answer);
    }

    /// <summary>The sites that its file names.</summary>
    public List<string> Sites { get; init; } = ["a.localhost", "b.localhost"];

    /// <summary>The names of the pages by their sites.</summary>
    public SortedDictionary<string, string> Pages { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What it says where it does not do what it is told.</summary>
    public string? Problem { get; set; }

    /// <summary>What it was told, in order: <c>on a.localhost</c>.</summary>
    public List<string> Told { get; init; } = [];

    /// <summary>The page that it was given last.</summary>
    public string? Page => shell.Inputs.Where(input => input.Key.Contains(Before + "on ", StringComparison.Ordinal)).LastOrDefault().Value;

    private ShellResult Answer()
    {
        var line = shell.Asked.Last();
        var words = line[(line.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..].Split(' ');
        line.Contains("--interactive", StringComparison.Ordinal).Should().Be(words[0] == "on", $"{service} reads a page only then");
        if (words[0] == "show") return Shown();
        if (Problem is not null) return new ShellResult(1, "", Problem);
        foreach (var word in words[1..])
        {
            var site = word.Split('/')[0];
            Told.Add($"{words[0]} {site}");
            if (words[0] == "on") Pages[site] = word.Split('/')[1];
            else Pages.Remove(site);
        }

        return new ShellResult(0, "", "");
    }

    private ShellResult Shown() => new(
        0,
        string.Concat(Sites.SelectMany(site => new[] { site, site }).Select(site => $"site {site}\n"))
            + string.Concat(Pages.Select(page => $"page 1764000000 {page.Key}/{page.Value}\n")),
        ""
    );
}
