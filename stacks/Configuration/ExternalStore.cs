using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>A service that runs elsewhere, where the arguments of its component would be if it ran here.</summary>
/// <param name="External">It.</param>
/// <param name="Args">The arguments that it would have; itself where no component is of its kind.</param>
/// <param name="IsBackedUp">Whether the stack's backup has its data; nobody has said so when unset.</param>
public sealed record ExternalStore(External External, object Args, bool? IsBackedUp);

/// <summary>Where a store runs, if that is elsewhere.</summary>
internal sealed record ExternalSettings(string? Host, int? Port, TlsMode Tls, string? Authority)
{
    /// <param name="section">The settings.</param>
    /// <param name="isSet">Whether they are there.</param>
    /// <param name="usual">How it is spoken to where nothing says so.</param>
    /// <param name="usually">That, for the documents.</param>
    public static ExternalSettings Read(Section section, bool isSet, TlsMode usual = TlsMode.Require, string usually = "`require`")
    {
        if (isSet && !section.IsSet("host")) section.Report("host", "It is not set.", "Write the name or the address of the machine.");
        var tls = section.Choice<TlsMode>(
            "tls",
            "`disable`, `require`: encrypted, to whoever answers, `verify-ca`: whose certificate is signed by `ca`, "
                + "`verify-full`: and names the host",
            usually
        ) ?? usual;
        var authority = section.Certificates("ca", "a file of the project with the certificates that its own is held to, in PEM");
        if (tls == TlsMode.VerifyCa && !section.IsSet("ca"))
            section.Report("ca", "It is not set, and 'verify-ca' trusts what it signed.", "Write your provider's file, or tls: verify-full.");
        if (section.IsSet("ca") && tls is TlsMode.Disable or TlsMode.Require)
            section.Report("ca", $"With 'tls: {SettingKinds.Spelled(tls.ToString())}' nothing is held to it.", "Write tls: verify-full, or drop it.");
        return new ExternalSettings(
            section.HostName("host", "its name or address"),
            section.Port("port", "its port", "the usual one"),
            tls,
            authority
        );
    }

    /// <summary>The store, reached as one of its kind is.</summary>
    /// <param name="usual">It, if it ran here.</param>
    public External Of(ServiceSpec usual) => Of(usual.Name, usual.Role, usual.Endpoint!);

    /// <summary>The service.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="role">What it does in the application.</param>
    /// <param name="endpoint">How one of its kind is reached.</param>
    public External Of(string name, ServiceRole role, Endpoint endpoint)
    {
        var authority = Authority is null ? null : new ServiceFile($"{name}-ca.pem", Authority);
        var isEncrypted = Tls != TlsMode.Disable;
        return new External(name, role, endpoint with
        {
            Scheme = isEncrypted ? Encrypted(endpoint.Scheme) : endpoint.Scheme,
            Host = Host ?? name,
            Port = Port ?? (isEncrypted && endpoint.Scheme == "amqp" ? AmqpsPort : endpoint.Port),
            Query = Query(endpoint.Scheme, authority?.Path),
        })
        {
            Tls = Tls,
            Authority = authority,
        };
    }

    private const int AmqpsPort = 5671;

    private static string Encrypted(string scheme) => scheme switch
    {
        "redis" => "rediss",
        "amqp" => "amqps",
        _ => scheme,
    };

    // As libpq and redis-py read it. AMQP's clients have no word for it in common.
    private string Query(string scheme, string? authority) => (scheme, Tls) switch
    {
        ("postgresql", TlsMode.Disable or TlsMode.Require) => $"sslmode={SettingKinds.Spelled(Tls.ToString())}",
        ("postgresql", _) => $"sslmode={SettingKinds.Spelled(Tls.ToString())}&sslrootcert={authority ?? "system"}",
        ("redis", TlsMode.Disable) => "",
        ("redis", TlsMode.Require) => "ssl_cert_reqs=none",
        ("redis", _) => "ssl_cert_reqs=required"
            + (Tls == TlsMode.VerifyFull ? "&ssl_check_hostname=true" : "")
            + (authority is null ? "" : $"&ssl_ca_certs={authority}"),
        _ => "",
    };
}
