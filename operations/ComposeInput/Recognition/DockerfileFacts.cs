using System.Collections.Immutable;
using Infra.Model.Dockerfiles;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Recognition;

/// <summary>What the Dockerfile of a service says of the image, as far as it can be read here.</summary>
/// <param name="IsRead">Whether there is one, and it was read.</param>
public sealed record DockerfileFacts(bool IsRead)
{
    private static readonly string[] Bringing = ["RUN", "COPY", "ADD"];

    private static readonly DockerfileFacts Nothing = new(IsRead: false);

    /// <summary>The published image that it starts from in the end; nothing where an argument decides.</summary>
    public string? Base { get; init; }

    /// <summary>Its ENTRYPOINT; empty where it has none.</summary>
    public ImmutableArray<string> Entrypoint { get; init; } = [];

    /// <summary>Its CMD; empty where it has none.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Its HEALTHCHECK's text; nothing where it has none.</summary>
    public string? Health { get; init; }

    /// <summary>The user that it runs as; nothing where it names none.</summary>
    public string? User { get; init; }

    /// <summary>Whether it names a port that is listened on.</summary>
    public bool Exposes { get; init; }

    /// <summary>Whether it has files of the context.</summary>
    public bool Copies { get; init; }

    /// <summary>Everything that is run while it is built, in the stages that the image is made of.</summary>
    public string Runs { get; init; } = "";

    /// <summary>The same, with what is copied into it.</summary>
    public string Brings { get; init; } = "";

    /// <summary>What the Dockerfile of a service says; nothing where it is not built from a folder of this machine.</summary>
    public static DockerfileFacts Of(ComposeService service)
    {
        if (service.At("build") is null) return Nothing;
        var arguments = service.Map("build.args").Where(argument => argument.Value is not null)
            .ToDictionary(argument => argument.Key, argument => argument.Value!, StringComparer.Ordinal);
        if (Text(service) is not { } text) return Nothing;
        var file = DockerfileParser.Parse("", text, arguments);
        if (file.Final(service.Text("build.target")) is not { } final) return Nothing;
        var line = file.Line(final);
        var from = line[0].Base;
        return new DockerfileFacts(IsRead: true)
        {
            Base = from.Contains('$', StringComparison.Ordinal) ? null : from,
            Entrypoint = Words(file.Entrypoint(final)),
            Command = Words(file.Command(final)),
            Health = line.SelectMany(stage => stage.All("HEALTHCHECK")).LastOrDefault()?.Text is { } health && health != "NONE" ? health : null,
            User = line.SelectMany(stage => stage.All("USER")).LastOrDefault()?.Text,
            Exposes = line.Any(stage => stage.All("EXPOSE").Any()),
            Copies = file.Needed(final).Any(stage => stage.All("COPY").Concat(stage.All("ADD")).Any(copy => copy.Flag("from") is null)),
            Runs = string.Join('\n', line.SelectMany(stage => stage.All("RUN")).Select(run => run.Text)),
            Brings = string.Join('\n', Bringing.SelectMany(name => line.SelectMany(stage => stage.All(name))).Select(each => each.Text)),
        };
    }

    private static string? Text(ComposeService service)
    {
        if (service.Text("build.dockerfile_inline") is { } inline) return inline;
        if (service.Text("build.context") is not { } context) return null;
        var path = Path.Combine(context, service.Text("build.dockerfile") ?? "Dockerfile");
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ImmutableArray<string> Words(Instruction? instruction) => instruction is null ? []
        : instruction.IsExecForm ? instruction.ExecWords
        : ["/bin/sh", "-c", instruction.Text];
}
