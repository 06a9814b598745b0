using System.Collections.Immutable;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>What runs a command: its image, its command, its user.</summary>
internal sealed class ProcessImport(ImportScope scope, ServicePlan plan)
{
    private readonly ComposeService service = plan.Service;

    public void Write()
    {
        var settings = plan.Settings;
        if (plan.Kind == "container") Image();
        var entrypoint = Words("entrypoint");
        var command = Words("command");
        // An entrypoint of the file's own drops the image's CMD.
        if (plan.Kind == "step" && command.IsEmpty && entrypoint.IsEmpty) command = Fallback();
        // What runs the command first is the entrypoint: these kinds have a command.
        if (plan.Kind is "worker" or "beat" or "step" && command.IsEmpty && !entrypoint.IsEmpty)
            (entrypoint, command) = ([entrypoint.Length > 1 ? entrypoint[0] : "/usr/bin/env"], [.. entrypoint.Skip(entrypoint.Length > 1 ? 1 : 0)]);
        if (plan.Kind == "beat") command = BeatCommand.Write(plan, command);
        settings.Set("entrypoint", entrypoint.IsEmpty ? null : SettingsNode.List(entrypoint)).Set("command", Spelling.Command(command));
        if (service.At("entrypoint") is not null) plan.Ledger.Carried("entrypoint", "entrypoint");
        if (service.At("command") is not null) plan.Ledger.Carried("command", command.IsEmpty ? "the kind's own command" : "command");
        Port();
        if (service.Text("user") is { Length: > 0 } user)
        {
            settings.Set("user", user);
            plan.Ledger.Carried("user", $"user: {user}");
        }
    }

    /// <summary>Says how secrets reach it, once its variables are known.</summary>
    public void Deliver()
    {
        if (plan.Kind != "container" || !plan.Variables.Any(variable => variable.HasSecret)) return;
        var image = service.Text("image") ?? "";
        var file = scope.Recognizer.DockerfileOf(service);
        if (service.At("build") is null && KnownStart.ReadsFiles(image)) return;
        var (entrypoint, command) = (service.Words("entrypoint"), service.Words("command"));
        if (entrypoint.IsEmpty && service.At("build") is not null && file.IsRead) (entrypoint, command) = (file.Entrypoint, command.IsEmpty
            ? file.Command : command);
        else if (entrypoint.IsEmpty && scope.StartOf(image) is var (first, second)) (entrypoint, command) = (first, command.IsEmpty ? second
            : command);
        if (!entrypoint.IsEmpty || !command.IsEmpty)
        {
            plan.Settings.Set("entrypoint", entrypoint.IsEmpty ? null : SettingsNode.List(entrypoint));
            if (plan.Settings["command"] is null) plan.Settings.Set("command", Spelling.Command(command));
            plan.Settings.Set("delivery", "export");
            return;
        }

        plan.Comments.Add("It gets its secrets as NAME_FILE. If it reads none, write delivery: export, with its image's entrypoint and command.");
        plan.Ledger.Decide(
            "environment",
            "Its secrets come as files, in NAME_FILE, and whether its image reads those is not known here.",
            $"If it does not: delivery: export, with entrypoint and command as 'docker image inspect {image}' shows them.",
            ""
        );
    }

    private ImmutableArray<string> Words(string key)
    {
        var words = service.Words(key);
        if (words.IsEmpty || words is [""]) return [];
        return SecretsInCommands.Hide(scope, plan, words) ?? words;
    }

    private ImmutableArray<string> Fallback() => scope.Recognizer.DockerfileOf(service).Command;

    private void Port()
    {
        var key = plan.Kind is "web" or "container" or "process" ? "containerPort" : null;
        if (plan.Kind == "web" && plan.Port is null or 8000) return;
        if (key is not null && plan.Port is { } port) plan.Settings.Set(key, SettingsNode.Number(port));
    }

    private void Image()
    {
        if (service.At("build") is null)
        {
            plan.Settings.Set("image", service.Text("image"));
            plan.Ledger.Carried("image", $"image: {service.Text("image")}");
            return;
        }

        var build = BuildParts.Write(scope, plan, isApplication: false);
        if (build is null) return;
        plan.Settings.Set("build", build);
        if (service.Text("image") is { } name)
            plan.Ledger.NotCarried(
                "image",
                $"What is built here has a name of the stack's own, and not '{name}'.",
                $"Push it by a pipeline, and write image: {name} in place of build, if others need it."
            );
    }
}
