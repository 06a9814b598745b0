namespace Infra.Model.Rules;

/// <summary>What decides the content of a built image; two builds that are equal here make the same image.</summary>
/// <param name="Source">The Dockerfile with its folder: <c>app/Dockerfile</c>.</param>
/// <param name="Settings">The stage and the arguments.</param>
internal sealed record Build(string Source, string Settings)
{
    public static Build From(BuiltImage image) => new(
        $"{Folder(image.Context)}/{Folder(image.Dockerfile)}",
        string.Join('\n', image.Args.Select(argument => $"{argument.Key}={argument.Value}").Prepend(image.Target ?? "")));

    /// <summary>The path in one spelling: <c>./app/</c> is <c>app</c>.</summary>
    public static string Folder(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
        var folder = (path.StartsWith('/') ? "/" : "") + string.Join('/', parts);
        return folder.Length == 0 ? "." : folder;
    }
}
