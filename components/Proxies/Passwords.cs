using System.Collections.Immutable;
using Infra.Model;
using static Infra.Components.Proxies.Caddyfile;

namespace Infra.Components.Proxies;

/// <summary>
/// Passwords of users. Caddy wants hashes, which the container makes at its start: the secret is the password itself, and
/// no hash of it, another one at each writing, lies anywhere.
/// </summary>
internal static class Passwords
{
    /// <summary>Asks for the password of one of these users.</summary>
    public static ImmutableArray<CaddyLine> Lines(ImmutableSortedDictionary<string, Secret> users) => users.IsEmpty
        ? []
        : [new("basicauth", [.. users.Select(user => (CaddyLine)$"{Word(user.Key)} {{${Variable(user.Value)}}}")])];

    /// <summary>The files that hold them, each with a line break at its end.</summary>
    public static IEnumerable<ServiceFile> Files(IEnumerable<Secret> secrets) => secrets.Select(File);

    /// <summary>The command, after the variables that it finds the hashes in are set.</summary>
    public static ImmutableArray<string> Around(ImmutableArray<string> command, ImmutableArray<Secret> secrets) => secrets.IsEmpty
        ? command
        : ["sh", "-c", string.Concat(secrets.Select(Export)) + "exec \"$@\"", "--", .. command];

    private static string Export(Secret secret) =>
        $"{Variable(secret)}=\"$(caddy hash-password --algorithm bcrypt <{File(secret).Path})\" || exit; export {Variable(secret)}; ";

    private static ServiceFile File(Secret secret) => new(secret.Name, Template.From($"{secret}\n"));

    private static string Variable(Secret secret) => "HASH_OF_" + secret.Name.ToUpperInvariant().Replace('-', '_');
}
