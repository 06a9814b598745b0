using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Targets;

namespace Infra.Operations.Builds;

/// <summary>Runs a build to its end, with all that it says in a log of its own.</summary>
public sealed class LoggedBuild(Workspace workspace, IShell shell, IUpView view)
{
    /// <summary>Makes the image that all those from Debian's packages start from, unless there is a young one or none of these needs it.</summary>
    /// <exception cref="UserErrorException">It cannot be made.</exception>
    public async Task DebianBaseAsync(Naming naming, IEnumerable<BuiltImage> images, CancellationToken cancellationToken)
    {
        if (images.Any(image => DebianTag.Name(image) is not null))
            await RunAsync(naming, "base", "bash", ["images/base.sh"], cancellationToken);
    }

    /// <exception cref="UserErrorException">The build failed.</exception>
    public async Task RunAsync(Naming naming, string name, string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        view.Show($"image {name}", "building");
        var result = await shell.RunAsync(program, arguments, cancellationToken);
        var logs = Directory.CreateDirectory(workspace.Absolute(BuildLogs.FolderOf(naming.Stack))).FullName;
        File.WriteAllText(BuildLogs.FileOf(logs, name), result.Output + result.Error);
        view.Show($"image {name}", result.Succeeded ? "built" : "failed");
        if (result.Succeeded) return;
        var tail = (result.Output + result.Error).TrimEnd().Split('\n').TakeLast(25);
        throw UserErrorException.Failed(
            [$"image {name}: Its build failed; the last lines say why. Running containers were not changed.", .. tail.Select(line => "  " + line)]);
    }
}
