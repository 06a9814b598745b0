namespace Infra.Model;

/// <summary>A device of the host in a container.</summary>
/// <param name="Host">Its path on the host: <c>/dev/dri</c>.</param>
/// <param name="Container">Where it appears.</param>
/// <param name="Permissions">What may be done with it: any of <c>r</c>, <c>w</c> and <c>m</c> (mknod).</param>
public sealed record Device(string Host, string Container, string Permissions = Device.All)
{
    /// <summary>All of it, as engines give it unless they are told otherwise.</summary>
    public const string All = "rwm";
}
