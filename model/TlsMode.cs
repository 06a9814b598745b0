namespace Infra.Model;

/// <summary>Whether what is said to a service that runs elsewhere is encrypted, and whether it must prove who it is.</summary>
public enum TlsMode
{
    /// <summary>It is not encrypted.</summary>
    Disable,

    /// <summary>Encrypted, to whoever answers.</summary>
    Require,

    /// <summary>Its certificate must be signed by who is trusted.</summary>
    VerifyCa,

    /// <summary>And name the host.</summary>
    VerifyFull,
}
