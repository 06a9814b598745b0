using Infra.Model;
using static Infra.Operations.ComposeInput.Advising.Advice;
using static Infra.Operations.ComposeInput.Advising.AdviceTable;

namespace Infra.Operations.ComposeInput.Advising;

/// <summary>Names, images and builds.</summary>
internal static class OfImages
{
    private const string Exact = "Name an exact version, at least major.minor, or add a digest (NAME:TAG@sha256:…).";

    public static IEnumerable<KeyValuePair<string, Func<Advised, Advice?>>> Rows { get; } =
    [
        None("UNIQUE-NAMES service"),
        None("UNIQUE-NAMES file"),
        Row("UNIQUE-NAMES container", Error("container_name", "Give each a 'container_name' of its own, or none.")),
        Row(
            "UNIQUE-NAMES label",
            Warning("", "Use lower-case letters, digits and hyphens.", "the name is no DNS label, so some programs do not accept it as a host name.")
        ),
        Row("UNIQUE-NAMES underscore", Underscore),
        Row("SHARED-IMAGE twice", Warning("build", "Give one of them 'image: NAME' beside its 'build', and the others that 'image' alone.")),
        Row("SHARED-IMAGE name", Error("build", "Give each build an 'image' of its own.")),
        Row("SHARED-IMAGE stages", Warning("build", "Run one image with a 'command' for each.")),
        Row("SHARED-IMAGE versions", Warning("image", "Write the same tag in each of them: an anchor or one variable.")),
        Row("PINNED-IMAGE", Moving),
        Row("PLATFORM", Error("platform", "Name it in 'build.platforms', or drop 'platform'.")),
    ];

    // A name matters to what is asked by it.
    private static Advice? Underscore(Advised found) =>
        found.Service.Role is not (ServiceRole.Web or ServiceRole.Proxy) && found.Keys.At("ports") is null && found.Keys.At("expose") is null
            ? null
            : Warning(
                "",
                "Write a hyphen, or give it an alias without one ('networks.NETWORK.aliases').",
                "the name has an underscore, and some programs accept no such host name: Django answers 400 to requests with it."
            );

    // A database of the next major version does not start on the data of the last.
    private static Advice Moving(Advised found) =>
        found is { Service.Role: ServiceRole.Database, Service.Image: PinnedImage image } && !image.Tag.Any(char.IsAsciiDigit)
            ? Error(
                "image",
                "Name at least its major version.",
                $"'{image.Reference}' is the newest version of another day, and a database does not start on the data of an older one."
            )
            : Warning("image", Exact);
}
