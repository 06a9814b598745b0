using Infra.Components;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>A service from any image.</summary>
internal sealed class ContainerKind()
    : CommandKind<ContainerArgs>("container", "a service of your own from any image: a search engine, an object store, a mail catcher")
{
    public override bool HasProbe => false;

    public override bool RunsApplication => false;

    public override IReadOnlyCollection<string> Attributes => OfServers;

    protected override ContainerArgs ReadArgs(string service, Section section, KindContext around) =>
        new()
        {
            Image = ImageOf(service, section),
            Entrypoint = Entrypoint(section) ?? [],
            IsEntrypointReplaced = section.IsSet("entrypoint"),
            Command = section.Command("command", [], "what it runs; the image's own command where unset"),
            Port = section.Port("containerPort", "the port that others reach it at by `{SERVICE.url}`"),
            Scheme = section.Scheme("scheme", "http", "the scheme of its URL"),
            Memory = section.MemoryOr("memory", Size.MiB(512)),
            Replicas = Replicas(section),
            Cpus = section.CpusOr("cpus", Cpu.Cores(1)),
        };

    protected override ServiceComponent Make(string name, ContainerArgs args, IServiceHost host) => new Container(name, args, host);

    private static Image ImageOf(string service, Section section)
    {
        var image = section.Image("image", "its image, with a tag or a digest");
        var build = section.Read(
            "build",
            "builds its image instead",
            part => new BuiltImage(service, part.Beside("context", "app", "the folder that is sent to the builder"))
            {
                Dockerfile = part.Below("dockerfile", "Dockerfile", "relative to the context"),
                Target = part.Text("target", "the stage to build", "the last one"),
                Args = part.Named("args", "build arguments"),
            }
        );
        if (section.IsSet("build") && image is not null)
            section.Report("build", "It has an image, too, so nothing would be built.", "Drop one of the two.");
        else if (!section.IsSet("build") && image is null && section.IsWritten && !section.IsSet("image"))
            section.Report(
                "image",
                "It is not set.",
                "Write it with its version, such as axllent/mailpit:v1.27.1, or say what it is built from in build."
            );
        return section.IsSet("build") ? build : image ?? PinnedImage.Parse("scratch:0");
    }
}
