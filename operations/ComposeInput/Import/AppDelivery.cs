using Infra.Operations.ComposeInput.Import.Services;
using Infra.Operations.ComposeInput.Import.Settings;

namespace Infra.Operations.ComposeInput.Import;

/// <summary>How the application's processes get their secrets: as variables, by what takes the place of their commands, so these must be
/// known.</summary>
internal static class AppDelivery
{
    /// <summary>Says it of each that has no command, with the image's own where that is known.</summary>
    public static void Write(ImportScope scope, SettingsMap app)
    {
        if (app["delivery"] is null) return;
        foreach (var plan in scope.Plans.Where(plan => plan.RunsApplication && plan.Settings["command"] is null
            && plan.Settings["entrypoint"] is null))
        {
            if (app["context"] is not null && scope.Recognizer.DockerfileOf(plan.Service) is { IsRead: true } file
                && !(file.Command.IsEmpty && file.Entrypoint.IsEmpty)) continue;
            if (scope.StartOf(plan.Service.Text("image")) is var (entrypoint, command) && !command.IsEmpty)
            {
                if (!entrypoint.IsEmpty && app["entrypoint"] is null) app.Set("entrypoint", SettingsNode.List(entrypoint));
                plan.Settings.Set("command", Spelling.Command(command));
                continue;
            }

            plan.Settings.Set(
                "delivery",
                SettingsNode.Text("file"),
                "Its image's command is not known here: with it, as 'docker image inspect' shows it, drop this line."
            );
            plan.Ledger.Decide(
                "command",
                "Its secrets come as files, in NAME_FILE, since its image's own command is not known here.",
                "Write command as 'docker image inspect' shows it, infra:app.entrypoint if there is one, and drop delivery: file.",
                ""
            );
        }
    }
}
