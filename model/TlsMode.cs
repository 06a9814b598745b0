namespace Infra.Model;

/// <summary>Whether what is said to a store that runs elsewhere is encrypted, and whether the store must prove who it is.</summary>
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
