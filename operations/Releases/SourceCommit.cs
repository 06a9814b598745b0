using Infra.Operations.Engine;

namespace Infra.Operations.Releases;

/// <summary>The commit that the files of a folder are of.</summary>
/// <param name="Id">Its id; nothing where git does not tell.</param>
/// <param name="IsChanged">Whether files of the folder are others than the commit's.</param>
internal sealed record SourceCommit(string? Id, bool IsChanged)
{
    private const string Git = "git";

    public static SourceCommit Unknown { get; } = new(null, false);

    public static async Task<SourceCommit> FindAsync(IShell shell, string folder, CancellationToken cancellationToken)
    {
        if (shell.Find(Git) is null || !Directory.Exists(folder)) return Unknown;
        var head = await shell.RunAsync(Git, ["-C", folder, "rev-parse", "--verify", "HEAD"], cancellationToken);
        if (!head.Succeeded) return Unknown;
        var status = await shell.RunAsync(Git, ["-C", folder, "status", "--porcelain", "--", "."], cancellationToken);
        return new SourceCommit(head.Output.Trim(), status.Output.Length > 0);
    }
}
