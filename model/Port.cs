namespace Infra.Model;

/// <summary>A published port.</summary>
/// <param name="Container">The port that the service listens on.</param>
/// <param name="Host">The port on the host.</param>
public sealed record Port(int Container, int Host)
{
    /// <summary>The address of this machine that no other machine reaches.</summary>
    public const string Loopback = "127.0.0.1";

    /// <summary>The host's address to listen on. Defaults to loopback.</summary>
    public string Address { get; init; } = Loopback;

    /// <summary><c>tcp</c> or <c>udp</c>. Defaults to <c>tcp</c>.</summary>
    public string Protocol { get; init; } = "tcp";

    /// <summary>The scheme of a URL that leads to it (<c>http</c>), where that is not the endpoint's. Defaults to none.</summary>
    public string? Scheme { get; init; }

    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLoopback => Address.StartsWith("127.", StringComparison.Ordinal) || Address == "::1";

    /// <summary><c>127.0.0.1:8000→8000</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Address}:{Host}→{Container}{(Protocol == "tcp" ? "" : "/" + Protocol)}");
}
