using System.Collections.Immutable;
using Infra.Components.Dockerfiles;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>What a process finds around it: variables, secrets, files and volumes.</summary>
public sealed record ProcessSettings
{
    /// <summary>Variables, in which other services may be mentioned.</summary>
    public required ImmutableSortedDictionary<string, ReferenceText> Environment { get; init; }

    /// <summary>Secrets of the application's own, by their variables.</summary>
    public required ImmutableSortedDictionary<string, Secret> Secrets { get; init; }

    /// <summary>Files by their names below <c>/run/secrets</c>, or <c>/run/configs</c> where no secret is in them.</summary>
    public required ImmutableSortedDictionary<string, ReferenceText> Files { get; init; }

    /// <summary>Variables and build arguments that look like a credential and are none.</summary>
    public required ImmutableArray<string> Public { get; init; }

    /// <summary>Named volumes and where they are mounted.</summary>
    public required ImmutableArray<VolumeMount> Volumes { get; init; }

    /// <summary>How secrets reach it; as <c>infra:app</c> says, or as files, where unset.</summary>
    public required SecretDelivery? Delivery { get; init; }

    /// <summary>Every text of it that may mention others.</summary>
    public IEnumerable<ReferenceText> References => Environment.Values.Concat(Files.Values);

    /// <summary>The same with another one's on top.</summary>
    public ProcessSettings With(ProcessSettings own) => own with
    {
        Environment = Environment.RemoveRange(own.Secrets.Keys).SetItems(own.Environment),
        Secrets = Secrets.RemoveRange(own.Environment.Keys).SetItems(own.Secrets),
        Files = Files.SetItems(own.Files),
        Public = [.. Public.Union(own.Public)],
        Volumes = [.. Volumes.Where(mount => own.Volumes.All(other => other.Target != mount.Target)), .. own.Volumes],
        Delivery = own.Delivery ?? Delivery,
    };

    /// <summary>Notes secrets that would be exported where there is no shell to do it.</summary>
    /// <returns>Whether they can be delivered so.</returns>
    internal bool ReviewDelivery(Section section, BuildSettings build)
    {
        if (Delivery != SecretDelivery.Export || build.Runtime != ImageRuntime.Distroless) return true;
        section.Report(
            "delivery",
            "Secrets are exported by a shell, and a distroless image has none.",
            "Set it to file, or infra:app.build's runtime to slim."
        );
        return false;
    }

    /// <param name="section">Where they stand.</param>
    /// <param name="delivery">The usual delivery, as a page says it.</param>
    internal static ProcessSettings Read(Section section, string delivery = "`infra:app`'s, there `file`")
    {
        var settings = new ProcessSettings
        {
            Environment = section.References(
                "environment",
                "variables, by name; `{SERVICE.url}` and others stand for [something of another service](applications.md#connections)"
            ),
            Secrets = Named(section.Variables("secrets", "variables whose values are secrets: `STRIPE_KEY` is the secret `stripe-key`")),
            Files = section.Files(
                "files",
                "files by name, below `/run/secrets`, or `/run/configs` where no secret is in them: `{ db_password: \"{postgres.password}\" }`"
            ),
            Public = section.Variables(
                "public",
                "variables of `environment` and build arguments that look like a credential to the rule "
                    + "`SECRETS-NOT-IN-ENV` and are none: `[RECAPTCHA_TOKEN]`"
            ),
            Delivery = section.Choice<SecretDelivery>(
                "delivery",
                "`file`: `NAME_FILE` leads to a file; `export`: the process gets `NAME`, read from the file as it starts, "
                    + "and so does the image's own ENTRYPOINT before it, "
                    + "where `dockerfile` or `entrypoint` says one",
                delivery
            ),
            Volumes = section.Volumes("volumes",
                "named volumes: `uploads: /app/uploads`, or `/app/uploads:ro` where they are only read. The same name in "
                    + "several services is the same volume. One that the "
                    + "engine has given to root is opened to everybody in the container (mode 1777), by root without a "
                    + "capability, before the first service starts on it. None has "
                    + "a store's name, or lies over the code",
                StackKinds.All
            ),
        };
        foreach (var variable in settings.Secrets.Keys.Where(settings.Environment.ContainsKey))
            section.Report("secrets", $"{variable} stands in environment, too.", "Drop one of the two.");
        var ofFiles = section.EnvFiles(
            "envFiles",
            "files of variables, in Compose's syntax, of the project or by their absolute paths: `[.env]`. "
                + "What `environment` and `secrets` say wins; a credential in one belongs into `secrets`",
            settings.Environment.Keys.Concat(settings.Secrets.Keys).ToHashSet(StringComparer.Ordinal),
            settings.Public
        );
        return settings with { Environment = Literal(ofFiles).SetItems(settings.Environment) };
    }

    private static ImmutableSortedDictionary<string, Secret> Named(IEnumerable<string> variables)
    {
        var secrets = ImmutableSortedDictionary.CreateBuilder<string, Secret>(StringComparer.Ordinal);
        foreach (var variable in variables) secrets[variable] = Configuration.Secrets.Named(variable);
        return secrets.ToImmutable();
    }

    // Braces in such a file are the application's own.
    private static ImmutableSortedDictionary<string, ReferenceText> Literal(ImmutableSortedDictionary<string, string> variables)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, ReferenceText>(StringComparer.Ordinal);
        foreach (var (name, value) in variables) texts[name] = new ReferenceText(value.Length == 0 ? [] : [new LiteralPart(value)]);
        return texts.ToImmutable();
    }
}
