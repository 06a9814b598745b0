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
    /// <param name="volume">The volume.</param>
    /// <param name="label">What wrote it.</param>
    /// <param name="next">What would start on it.</param>
    /// <param name="existing">The images of the containers that use it.</param>
    public static string Advice(
        Naming naming, ServiceSpec owner, Volume volume, string label, string next, ImmutableArray<string> existing)
    {
        var (stack, file) = (naming.Stack, Workspace.SettingsName(naming.Stack));
        var own = $"{owner.Name}-{next[(next.LastIndexOf(':') + 1)..]}";
        var isAdopted = volume.Existing is not null;
        return $"To stay, set {Keeping(owner, label, next, existing)} in {file}. "
            + $"To move the data, stay until './infra.sh backup {stack}' has taken them; then go on without that"
            + (isAdopted ? $" and without 'infra:volumes.{volume.Name}'" : "")
            + $", with 'infra:services.{owner.Name}.volume: {own}' for a volume of its own, './infra.sh up {stack}' and "
            + $"'./infra.sh restore {stack} newest'. "
            + "The old volume stays as it is (docs/backups.md)."
            + (isAdopted ? "" : $" Data that may go are removed with './infra.sh down {stack} --volumes'.");
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
        return new[] { Images.PostgresBefore, Images.Postgres }.SelectMany(Variants).FirstOrDefault(image => IsOf(label, image));
    }

    // The variant for Debian's C library is the tag without a suffix.
    private static string[] Variants(PinnedImage image)
    {
        var (repository, tag) = (image.Repository, image.Tag);
        return [$"{repository}:{tag}", $"{repository}:{tag.Replace("-alpine", "", StringComparison.Ordinal)}"];
    }

    private static bool IsOf(string label, string image) => PinnedImage.IsReference(image) && WrittenBy.From(Running(image))!.Wrote(label);

    private static ServiceSpec Running(string image)
        => new(Postgres.Kind, "postgres") { Role = ServiceRole.Database, Image = PinnedImage.Parse(image) };
}
