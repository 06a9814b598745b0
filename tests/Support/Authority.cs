using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Infra.Tests.Support;

/// <summary>A certificate authority of a provider's own, which no machine trusts.</summary>
internal sealed class Authority
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private readonly string ownKey;

    /// <param name="name">What it calls itself.</param>
    public Authority(string name = "A provider")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var made = request.CreateSelfSigned(From, From.AddDays(30));
        (Certificate, ownKey) = (made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>What its certificates are held to.</summary>
    public string Certificate { get; }

    /// <summary>Signs a server's.</summary>
    /// <returns>The certificate and its key, in PEM.</returns>
    public (string Certificate, string Key) Sign(IPAddress address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        var request = new CertificateRequest($"CN={address}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var own = X509Certificate2.CreateFromPem(Certificate, ownKey);
        using var signed = request.Create(own, From, From.AddDays(7), RandomNumberGenerator.GetBytes(8));
        return (signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
