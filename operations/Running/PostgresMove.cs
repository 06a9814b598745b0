using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Debian;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Operations.Project;
using Infra.Targets;

namespace Infra.Operations.Running;

/// <summary>What to do where another Postgres would start on a volume: how to stay, and how to move.</summary>
public static class PostgresMove
{
    /// <summary>Both ways, in settings and commands.</summary>
    /// <param name="naming">The stack's names.</param>
    /// <param name="owner">The service that would start.</param>
    /// <param name="label">What wrote the volume.</param>
    /// <param name="next">What would start on it.</param>
    /// <param name="existing">The images of the containers that use it.</param>
    public static string Advice(Naming naming, ServiceSpec owner, string label, string next, ImmutableArray<string> existing)
    {
        var (stack, file) = (naming.Stack, Workspace.SettingsName(naming.Stack));
        var volume = $"{owner.Name}-{next[(next.LastIndexOf(':') + 1)..]}";
        return $"To stay, set {Keeping(owner, label, next, existing)} in {file}. "
            + $"To move the data, stay until './infra.sh backup {stack}' has taken them; then go on without that, with "
            + $"'infra:services.{owner.Name}.volume: {volume}' for a volume of its own, './infra.sh up {stack}' and "
            + $"'./infra.sh restore {stack} newest'. "
            + "The old volume stays as it is (docs/backups.md). "
            + $"Data that may go are removed with './infra.sh down {stack} --volumes'.";
    }

    // The settings under which the same image starts that wrote it.
    private static string Keeping(ServiceSpec owner, string label, string next, ImmutableArray<string> existing)
    {
        if (label.StartsWith(DebianTag.Family, StringComparison.Ordinal)) return "'infra:images: debian'";
        var image = Image(label, existing);
        var isReplaced =
            next.StartsWith(DebianTag.Family, StringComparison.Ordinal)
            && (image is null || DebianImages.Choose(Running(image))?.Image is BuiltImage);
        return (isReplaced ? "'infra:images: registry' and " : "")
            + (image is null
                ? $"'infra:services.{owner.Name}.image' to the image that it ran on ({label})"
                : $"'infra:services.{owner.Name}.image: {image}'");
    }

    private static string? Image(string label, ImmutableArray<string> existing)
    {
        if (existing.FirstOrDefault(image => IsOf(label, image)) is { } known) return known;
        // The default of before; its variant for Debian's C library is the tag without a suffix.
        var before = Images.PostgresBefore with { Digest = null };
        var debians = before with { Tag = before.Tag.Replace("-alpine", "", StringComparison.Ordinal) };
        return IsOf(label, before.Reference) ? before.Reference : IsOf(label, debians.Reference) ? debians.Reference : null;
    }

    private static bool IsOf(string label, string image) => PinnedImage.IsReference(image) && WrittenBy.From(Running(image))!.Wrote(label);

    private static ServiceSpec Running(string image)
        => new(Postgres.Kind, "postgres") { Role = ServiceRole.Database, Image = PinnedImage.Parse(image) };
}
