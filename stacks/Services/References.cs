using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Infra.Model;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Services;

/// <summary>A text whose references are followed.</summary>
/// <param name="Text">It, with holes for secrets.</param>
/// <param name="Services">The services that it leads to, and that are waited for.</param>
/// <param name="Files">Files whose paths stand in it.</param>
/// <param name="IsReference">Whether there was any reference in it.</param>
/// <param name="Externals">What it leads to that runs elsewhere.</param>
internal sealed record Resolved(
    Template Text,
    ImmutableArray<ServiceSpec> Services,
    ImmutableArray<ServiceFile> Files,
    bool IsReference,
    ImmutableArray<External> Externals
);

/// <summary>Follows references to services.</summary>
internal static class References
{
    /// <summary>The text with what the services are reached by.</summary>
    /// <param name="text">The text.</param>
    /// <param name="find">How a service is reached, the service itself where it is to be waited for, and what it is where it runs elsewhere.</param>
    public static Resolved Resolve(ReferenceText text, Func<string, (Endpoint? Endpoint, ServiceSpec? Awaited, External? External)> find)
    {
        Template value = "";
        var services = new List<ServiceSpec>();
        var files = new List<ServiceFile>();
        var externals = new List<External>();
        foreach (var part in text.Parts)
        {
            if (part is LiteralPart literal)
            {
                value += literal.Text;
                continue;
            }

            var hole = (ReferenceHole)part;
            var (endpoint, awaited, external) = find(hole.Service);
            var content = hole.Service == ReferenceHole.Secrets ? Form(new Secret(hole.What), text)
                : external is not null ? Of(hole, external, text)
                : Of(hole, endpoint, text);
            if (awaited is not null) services.Add(awaited);
            if (external is not null) externals.Add(external);
            if (hole.What is "url" or "ca" && external is not null) files.AddRange(external.Files);
            if (!hole.IsFile)
            {
                value += content;
                continue;
            }

            var file = new ServiceFile(
                FileName(hole),
                hole.Service == ReferenceHole.Secrets ? new Secret(hole.What).In(SecretForm.Bytes) : content
            );
            files.Add(file);
            value += file.Path;
        }

        return new Resolved(
            value,
            [.. services.DistinctBy(service => service.Name)],
            [.. files.DistinctBy(file => file.Name)],
            text.Holes.Any(),
            [.. externals.DistinctBy(external => external.Name)]
        );
    }

    // SQLAlchemy hands what the URL asks for to asyncpg, which knows its mode alone by that way, and by another name.
    private static Template Of(ReferenceHole hole, External external, ReferenceText text) => hole switch
    {
        { What: "ca" } => external.Authority?.Path ?? "",
        { What: "url", Scheme: { } scheme } when scheme.EndsWith("+asyncpg", StringComparison.Ordinal) => Of(
            hole,
            external.Endpoint with { Query = external.Endpoint.Query.Split('&')[0].Replace("sslmode=", "ssl=", StringComparison.Ordinal) },
            text
        ),
        _ => Of(hole, external.Endpoint, text),
    };

    private static Template Of(ReferenceHole hole, Endpoint? known, ReferenceText text)
    {
        // What has no port has a name.
        if (known is not { } endpoint) return hole.Service;
        return hole.What switch
        {
            "url" => endpoint.Url(hole.Scheme, Path(hole, endpoint)),
            "host" => endpoint.Host,
            "port" => Text(endpoint.Port),
            "address" => $"{endpoint.Host}:{Text(endpoint.Port)}",
            "user" => endpoint.User,
            "password" => endpoint.Password is not { } password ? "" : hole.IsFile ? password.In(SecretForm.Bytes) : Form(password, text),
            // RabbitMQ's usual virtual host is called '/' itself.
            "name" => Uri.UnescapeDataString(endpoint.Path.Length == 0 ? "" : endpoint.Path[1..]),
            _ => "",
        };
    }

    // A dot, since a variable's own file, which is called after that, has none. The same URL with another path is another file.
    private static string FileName(ReferenceHole hole)
    {
        var name = $"{hole.Service}.{hole.What}";
        if (hole is { Scheme: null, Path: null }) return name;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(hole.ToString()));
        return $"{name}-{Convert.ToHexStringLower(digest)[..8]}";
    }

    // A query alone follows the service's own path.
    private static string? Path(ReferenceHole hole, Endpoint endpoint) => hole.Path is ['?', ..] ? endpoint.Path + hole.Path : hole.Path;

    private static Template Form(Secret secret, ReferenceText text) =>
        secret.In(text.IsUrl ? SecretForm.Url : text.Parts.Length == 1 ? SecretForm.Bytes : SecretForm.Line);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
