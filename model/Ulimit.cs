namespace Infra.Model;

/// <summary>A limit of the kernel on each process: what it has, and up to what it may raise that itself; −1 is without limit.</summary>
public sealed record Ulimit(int Soft, int Hard)
{
    /// <summary>Without limit.</summary>
    public const int Unlimited = -1;

    /// <summary>Whether the kernel takes it: nobody has more than they may raise it to.</summary>
    public bool IsPossible => Hard == Unlimited || (Soft != Unlimited && Soft <= Hard);
}
