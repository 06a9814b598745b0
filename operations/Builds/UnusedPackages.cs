using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Infra.Components.Programs;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Builds;

/// <summary>Finds the packages that an application declares and nothing imports, in its own image, which has what was installed.</summary>
public static class UnusedPackages
{
    private static readonly string[] Declaring = ["pyproject.toml", "requirements.txt"];
    private static readonly string Program = Embedded.Text(typeof(UnusedPackages).Assembly, "unused.py");

    /// <summary>A sentence for each, and how many were looked at.</summary>
    /// <param name="session">What it works with.</param>
    /// <param name="stack">The stack whose images are looked into.</param>
    /// <param name="whole">What it runs where every image can be had: its commands name packages too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserErrorException">An image is not there, or has no Python.</exception>
    public static async Task<(ImmutableArray<string> Sentences, int Looked)> FindAsync(
        Session session,
        StackContext stack,
        Topology whole,
        CancellationToken cancellationToken
    )
    {
        var sentences = ImmutableArray.CreateBuilder<string>();
        var looked = 0;
        foreach (var image in stack.Topology.Builds.Where(image => IsApplications(stack.Topology, image)))
        {
            var context = session.Workspace.Absolute(image.Context);
            var files = Declaring.Where(file => File.Exists(Path.Combine(context, file))).ToArray();
            if (files.Length == 0) continue;
            foreach (var line in await AskAsync(session, stack, image, Input(context, files, Running(whole, image)), cancellationToken))
                if (line["looked"] is { } count)
                    looked += count.GetValue<int>();
                else
                    sentences.Add(
                        $"{image.Context}/{line["file"]}: {line["package"]}: {image.Name}'s code does not import it, and no command names it. "
                            + "Drop it, unless something loads it by a name of its own, as a plugin."
                    );
        }

        return (sentences.ToImmutable(), looked);
    }

    private static bool IsApplications(Topology topology, BuiltImage image) =>
        Running(topology, image).Any(service => service.IsApplication());

    private static IEnumerable<ServiceSpec> Running(Topology topology, BuiltImage image)
        => topology.Services.Where(service => service.Image is BuiltImage built && built.Name == image.Name);

    private static string Input(string context, string[] files, IEnumerable<ServiceSpec> services) =>
        new JsonObject
        {
            ["files"] = new JsonObject(files.Select(file => KeyValuePair.Create(file, (JsonNode?)File.ReadAllText(Path.Combine(context, file))))),
            ["code"] = List(
                services
                    .SelectMany(service => service.Files)
                    .Where(file => !file.Content.HasSecrets && file.Name.EndsWith(".py", StringComparison.Ordinal))
                    .Select(file => file.Content.ToString())
            ),
            ["words"] = List(services.SelectMany(service => service.Command.Concat(service.Health?.Test ?? []))),
        }.ToJsonString();

    private static JsonArray List(IEnumerable<string> texts) => [.. texts.Distinct().Select(text => (JsonNode?)text)];

    private static async Task<IEnumerable<JsonNode>> AskAsync(
        Session session,
        StackContext stack,
        BuiltImage image,
        string input,
        CancellationToken cancellationToken
    )
    {
        var tag = stack.Naming.Tag(image);
        if ((await session.Docker.ImagesAsync([tag], cancellationToken)).IsEmpty)
            throw UserErrorException.BadInput(
                $"{tag}: It is not on the engine, and what is installed is looked for in it. Build it with './infra.sh build {stack.Name}'."
            );
        using var given = new MemoryStream(Encoding.UTF8.GetBytes(input));
        using var said = new MemoryStream();
        var result = await session.Shell.StreamAsync(
            Docker.Program,
            [
                "run",
                "--rm",
                "--interactive",
                "--network",
                "none",
                "--read-only",
                "--cap-drop",
                "ALL",
                "--security-opt",
                "no-new-privileges",
                "--memory",
                "256m",
                "--entrypoint",
                "python3",
                tag,
                "-I",
                "-c",
                Program,
                stack.Settings.App.Directory,
            ],
            given,
            said,
            cancellationToken
        );
        if (!result.Succeeded)
            throw UserErrorException.Failed($"{tag}: Its packages cannot be looked at: {result.Reason}");
        return Encoding.UTF8.GetString(said.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!);
    }
}
