namespace Infra.Model;

/// <summary>How other services of the stack reach this one.</summary>
/// <param name="Scheme">The URL's scheme: <c>postgresql</c>.</param>
/// <param name="Host">Its name on the network.</param>
/// <param name="Port">Its port there.</param>
public sealed record Endpoint(string Scheme, string Host, int Port)
{
    /// <summary>The user's name in the URL.</summary>
    public string User { get; init; } = "";

    /// <summary>The password in the URL.</summary>
    public Secret? Password { get; init; }

    /// <summary>What follows the port, as a URL has it: <c>/app</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>What follows the path, behind a question mark: <c>sslmode=require</c>.</summary>
    public string Query { get; init; } = "";

    /// <summary>The path that answers 200 when it is healthy; unset where it offers none.</summary>
    public string? HealthPath { get; init; }

    /// <summary>Whether only this machine uses a name: <c>localhost</c>, <c>*.localhost</c>.</summary>
    public static bool IsLocal(string host) => host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal);

    /// <summary>The URL, with another scheme or path where given.</summary>
    public Template Url(string? scheme = null, string? path = null)
    {
        var credentials = Password is null ? "" : Template.From($"{Uri.EscapeDataString(User)}:{Password.In(SecretForm.Url)}@");
        var used = scheme ?? Scheme;
        // Where the scheme says it, some clients sign or compare the address without it.
        var port = (used, Port) is ("http", 80) or ("https", 443) ? "" : FormattableString.Invariant($":{Port}");
        return Template.From($"{used}://{credentials}{Host}{port}{WithQuery(path ?? Path)}");
    }

    // What a path says itself is not said again.
    private string WithQuery(string path)
    {
        var own = path.Contains('?', StringComparison.Ordinal) ? path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..] : null;
        var said = (own ?? "").Split('&').Select(pair => pair.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        var rest = string.Join('&', Query.Split('&').Where(pair => pair.Length > 0 && !said.Contains(pair.Split('=')[0])));
        return rest.Length == 0 ? path : $"{path}{(own is null ? '?' : '&')}{rest}";
    }
}
