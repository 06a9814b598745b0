using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Notes where secrets would not be exported, since nobody says what the image runs.</summary>
internal static class ExportedSecrets
{
    /// <summary>Notes it of one service.</summary>
    /// <param name="section">Its settings.</param>
    /// <param name="args">The arguments of its component.</param>
    /// <param name="process">What it finds around it, what the application shares among it.</param>
    public static void Review(Section section, object args, ProcessSettings? process)
    {
        if (process?.Delivery != SecretDelivery.Export) return;
        if (args is not AppArgs { IsEntrypointReplaced: false, ImageCommand.IsEmpty: true } runs) return;
        // A Dockerfile whose ENTRYPOINT has no CMD behind it says all that runs.
        if (runs is { Entrypoint.IsEmpty: false, Image: BuiltImage }) return;
        if (HasNoCommand(args) && HasSecrets(process))
            section.Report(
                "command",
                "Its secrets are exported by what takes the place of its image's command, and that is not known here.",
                "Write it as the image has it ('docker image inspect' shows Cmd, and Entrypoint for entrypoint), or set delivery to file."
            );
    }

    private static bool HasNoCommand(object args) => args switch
    {
        WebArgs web => web.Command.IsEmpty,
        AppProcessArgs process => process.Command.IsEmpty,
        ContainerArgs container => container.Command.IsEmpty,
        _ => false,
    };

    private static bool HasSecrets(ProcessSettings process)
        => !process.Secrets.IsEmpty || process.Environment.Values.SelectMany(text => text.Holes).Any(hole => !hole.IsFile && IsSecret(hole));

    private static bool IsSecret(ReferenceHole hole) => hole.Service == ReferenceHole.Secrets || hole.What is "url" or "password";
}
