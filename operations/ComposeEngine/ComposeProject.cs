using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Targets.Compose;

namespace Infra.Operations.ComposeEngine;

/// <summary>A stack's Compose file and the files beside it, on disk, and the arguments with which Compose is called for it.</summary>
public sealed class ComposeProject(Workspace workspace, StackContext stack)
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Where its file is, relative to the root.</summary>
    public static string FileOf(string stack) => $"{Workspace.StateOf(stack)}/compose.yaml";

    public ComposeOptions Options { get; } = OptionsOf(stack.Name) with { StepsApart = true, BuildsWhereSynced = true, VolumesApart = true };

    public static ComposeOptions OptionsOf(string stack) => new()
    {
        SecretsDirectory = Workspace.SecretsOf(stack),
        ConfigsDirectory = $"{Workspace.StateOf(stack)}/configs",
    };

    public string Text => ComposeWriter.Write(stack.Topology, Options);

    public ImmutableArray<ComposeFile> Files => ComposeFiles.Write(stack.Topology, Options);

    /// <summary>The arguments before the command: <c>compose --project-directory … --file …</c>.</summary>
    public static ImmutableArray<string> Arguments(Workspace workspace, string stack, Naming naming) =>
    [
        "compose", "--project-directory", workspace.Root,
        "--file", workspace.Absolute(FileOf(stack)), "--project-name", naming.Name,
    ];

    /// <summary>Further arguments that let Compose see the steps, which are under a profile.</summary>
    public static ImmutableArray<string> WithSteps(StackContext stack)
        => stack.Topology.Services.Any(service => service.IsStep()) ? ["--profile", ComposeOptions.StepsProfile] : [];

    /// <summary>Writes the Compose file and fills in the files with their secrets.</summary>
    public void Write(string text, Func<Secret, SecretValue> fill)
    {
        Directory.CreateDirectory(workspace.Absolute(Workspace.StateOf(stack.Name)));
        WriteIfChanged(workspace.Absolute(FileOf(stack.Name)), text, isMounted: false);
        foreach (var file in Files)
        {
            var content = file.Content.Render(fill);
            var path = workspace.Absolute(file.Path);
            MakeFolder(path, file.Content.HasSecrets);
            WriteIfChanged(path, content, isMounted: true);
        }
    }

    /// <summary>A digest of a Compose file, which holds no secret.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];

    private static void MakeFolder(string path, bool isSecret)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!isSecret)
        {
            Directory.CreateDirectory(folder);
            return;
        }

        try
        {
            ClosedFolder.Make(folder);
        }
        catch (IOException open)
        {
            throw UserErrorException.BadInput(open.Message);
        }
    }

    // Readable by the container's user, since Compose mounts the file as it is; closed by the folder around it.
    private static void WriteIfChanged(string path, SecretValue content, bool isMounted)
    {
        var isSame = File.Exists(path) && new FileInfo(path).LinkTarget is null && new SecretValue(File.ReadAllBytes(path)).Equals(content);
        var target = isSame ? path : path + ".new";
        if (!isSame)
        {
            File.Delete(target);
            File.WriteAllBytes(target, content.Bytes.ToArray());
        }

        if (isMounted && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(target) & Open) != Open) File.SetUnixFileMode(target, Open);
        if (!isSame) File.Move(target, path, overwrite: true);
    }
}
