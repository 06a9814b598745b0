using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Components.Parts;

/// <summary>Writes PgBouncer's pgbouncer.ini.</summary>
internal static class PgBouncerConfiguration
{
    // What both images trust where nobody names certificates.
    private const string Trusted = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>The file; what is given besides comes last, in place of a line of the same key.</summary>
    public static string Write(
        Endpoint server, int port, PoolMode mode, int poolSize, int maxClients, ImmutableSortedDictionary<string, string> further)
    {
        List<(string Key, string Value)> own =
        [
            ("listen_addr", "*"),
            ("listen_port", FormattableString.Invariant($"{port}")),
            ("unix_socket_dir", ""),
            ("auth_type", "scram-sha-256"),
            ("auth_file", "/tmp/userlist.txt"),
            ("pool_mode", mode.ToString().ToLowerInvariant()),
            ("default_pool_size", FormattableString.Invariant($"{poolSize}")),
            // Also while two users log in, because the password is being rotated.
            ("max_db_connections", FormattableString.Invariant($"{poolSize}")),
            ("max_client_conn", FormattableString.Invariant($"{maxClients}")),
            ("max_prepared_statements", "200"),
            // A server that is restarted, or has another address then, is found again within a second.
            ("server_login_retry", "1"),
            ("dns_max_ttl", "1"),
            ("dns_nxdomain_ttl", "1"),
            ("log_connections", "0"),
            ("log_disconnections", "0"),
            .. Encryption(server),
        ];
        var lines = own.Where(line => !further.ContainsKey(line.Key)).Concat(further.Select(pair => (pair.Key, pair.Value)));
        return FormattableString.Invariant($"[databases]\n* = host={server.Host} port={server.Port}\n\n[pgbouncer]\n")
            + string.Concat(lines.Select(line => $"{line.Key} = {line.Value}".TrimEnd() + "\n"));
    }

    // As the query of the server's URL has it for libpq, which has a word of its own for what the machine trusts.
    private static IEnumerable<(string Key, string Value)> Encryption(Endpoint server)
    {
        var query = server.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        yield return ("server_tls_sslmode", query.GetValueOrDefault("sslmode", "disable"));
        if (query.TryGetValue("sslrootcert", out var authority)) yield return ("server_tls_ca_file", authority == "system" ? Trusted : authority);
    }
}
