using System.Collections.Immutable;
using Infra.Components.Dockerfiles;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>A process: it runs a command of the user's, with variables, secrets and files.</summary>
internal abstract class CommandKind<TArgs>(string name, string sentence) : RunnableKind(name, sentence) where TArgs : AppArgs
{
    public override bool RunsApplication => true;

    public override bool IsProcess => true;

    public override IReadOnlyCollection<string> Attributes => ["host"];

    internal sealed override object Read(string service, Section section, KindContext around)
    {
        var args = ReadArgs(service, section, around);
        return RunsApplication ? args with
        {
            Entrypoint = Entrypoint(section) ?? around.App.Entrypoint,
            ImageCommand = around.App.ImageCommand,
            HasShell = around.App.Build.Runtime != ImageRuntime.Distroless,
            IsEntrypointReplaced = section.IsSet("entrypoint"),
        } : args;
    }

    public sealed override ServiceComponent Make(ServiceSettings settings, IServiceHost host) => Make(settings.Name, (TArgs)settings.Args, host);

    protected abstract TArgs ReadArgs(string service, Section section, KindContext around);

    protected abstract ServiceComponent Make(string name, TArgs args, IServiceHost host);

    /// <summary>How many of it there are.</summary>
    protected static int? Replicas(Section section) => section.Number(
        "replicas",
        1,
        Route.Places,
        "how many of it run side by side, each with the limits of one ([more of the same](applications.md#more-of-the-same))",
        "`1`"
    );

    protected static ImmutableArray<string>? Entrypoint(Section section)
    {
        var words = section.Command("entrypoint", [], "what runs its command, in place of the image's own ENTRYPOINT");
        return words.IsEmpty ? null : words;
    }
}
