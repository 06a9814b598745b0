using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Model.Rules;

/// <summary>A web server in a service's command, and the address that it is given there. Without one, each listens on 127.0.0.1.</summary>
internal sealed partial record Server
{
    private const string Runserver = "runserver";
    private const int Usual = 8000;

    private static readonly ImmutableArray<Server> Known =
    [
        new()
        {
            Name = "uvicorn",
            Options = ["--host"],
            PortOptions = ["--port"],
            Elsewhere = ["--uds", "--fd", "UVICORN_HOST"],
        },
        new()
        {
            Name = "gunicorn",
            Options = ["--bind", "-b"],
            HasPort = true,
            Elsewhere = ["--config", "-c", "GUNICORN_CMD_ARGS", "PORT"],
        },
        new()
        {
            Name = "hypercorn",
            Options = ["--bind", "-b"],
            HasPort = true,
            Elsewhere = ["--config", "-c"],
        },
        new()
        {
            Name = "daphne",
            Options = ["--bind", "-b"],
            PortOptions = ["--port", "-p"],
            Elsewhere = ["--unix-socket", "-u", "--endpoint", "-e", "--fd"],
        },
        new()
        {
            Name = Runserver,
            Options = [],
            HasPort = true,
            Elsewhere = [],
        },
    ];

    /// <summary>The program, or Django's verb.</summary>
    public required string Name { get; init; }

    /// <summary>The options that name an address; none where it is an argument without an option.</summary>
    private ImmutableArray<string> Options { get; init; }

    /// <summary>Whether an address has its port behind it.</summary>
    private bool HasPort { get; init; }

    /// <summary>The options that name a port by itself.</summary>
    private ImmutableArray<string> PortOptions { get; init; } = [];

    /// <summary>Other options, and variables, that may name one.</summary>
    private ImmutableArray<string> Elsewhere { get; init; }

    /// <summary>The arguments after its name.</summary>
    private ImmutableArray<string> Named { get; init; } = [];

    /// <summary>The first in a service's command; what a shell or a reloader is given is one argument of that.</summary>
    public static Server? From(ServiceSpec service)
    {
        ImmutableArray<string> words =
        [
            .. service
                .Entrypoint.Concat(service.Command)
                .SelectMany(word => word.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(word => word.Trim('\'', '"')),
        ];
        return words
            .Select(
                (word, at) =>
                    Known.FirstOrDefault(server => server.Name == word[(word.LastIndexOf('/') + 1)..]) is { } server
                        ? server with
                        {
                            Named = words[(at + 1)..],
                        }
                        : null
            )
            .FirstOrDefault(server => server is not null);
    }

    /// <summary>The addresses that its command names.</summary>
    public ImmutableArray<string> Addresses() => Name == Runserver
        ? [.. Named.Where(word => !word.StartsWith('-') && word.Contains(':', StringComparison.Ordinal)).Take(1)]
        : Values(Options);

    /// <summary>The ports that its command names; Django's and its own usual one where it names none, and nothing else may.</summary>
    /// <param name="variables">The variables that it is given.</param>
    public ImmutableArray<int> Ports(IEnumerable<string> variables)
    {
        var words = PortOptions.IsEmpty
            ? (Name == Runserver ? [.. Named.Where(word => Number().IsMatch(word)).Take(1)] : Values(Options))
            : Values(PortOptions);
        ImmutableArray<int> told =
        [
            .. words
                .Select(word => Number().Match(word))
                .Where(port => port.Success)
                .Select(port => int.Parse(port.Groups[1].ValueSpan, CultureInfo.InvariantCulture)),
        ];
        var others = variables.ToArray();
        return !told.IsEmpty || !words.IsEmpty || IsNamedElsewhere(others) || others.Any(name => name.EndsWith("PORT", StringComparison.Ordinal))
            ? told
            : [Usual];
    }

    /// <summary>Whether another of its options or variables may name one.</summary>
    public bool IsNamedElsewhere(IEnumerable<string> variables) =>
        Elsewhere.Intersect(variables).Any()
        || Named.Any(word => Elsewhere.Any(other => word == other || word.StartsWith(other + "=", StringComparison.Ordinal)));

    /// <summary>The arguments that let it listen on every address.</summary>
    public string Everywhere(int port) =>
        $"{(Options.IsEmpty ? Name : Options[0])} 0.0.0.0{(HasPort ? FormattableString.Invariant($":{port}") : "")}";

    private ImmutableArray<string> Values(ImmutableArray<string> options)
        => [.. Named.Select((word, at) => options.Contains(word) ? Named.ElementAtOrDefault(at + 1) : Joined(options, word)).OfType<string>()];

    // --bind=X, -bX
    private static string? Joined(ImmutableArray<string> options, string word) =>
        options.FirstOrDefault(option => word.StartsWith(option, StringComparison.Ordinal)) is { } option
            ? word[option.Length..].TrimStart('=')
            : null;

    // 8000, 0.0.0.0:8000, [::]:8000
    [GeneratedRegex(@"\A(?:.*:)?([0-9]{1,5})\z")]
    private static partial Regex Number();
}
