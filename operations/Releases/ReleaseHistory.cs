using System.Collections.Immutable;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Stacks.Composition;

namespace Infra.Operations.Releases;

/// <summary>The releases of a stack that are known, the oldest first.</summary>
public sealed record ReleaseHistory(ImmutableArray<Release> Releases)
{
    public static ReleaseHistory Empty { get; } = new([]);

    /// <summary>What was deployed last.</summary>
    public Release? Newest => Releases.IsEmpty ? null : Releases[^1];

    /// <summary>The release that these containers run; nothing where there is none, or they run several, or what was never recorded.</summary>
    public Release? Running(StackContext stack, ImmutableArray<ContainerState> existing)
        => Images(stack, existing) is { } ids ? Releases.LastOrDefault(release => release.Has(ids)) : null;

    /// <summary>The release that a rollback leads to: that of the number, or the one before what runs.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public Release Target(StackContext stack, ImmutableArray<ContainerState> existing, int? number)
    {
        var (running, name) = (Running(stack, existing), stack.Naming.Name);
        if (Newest is null)
            throw UserErrorException.BadInput($"{name}: No release is known yet. Each './infra.sh up {stack.Name}' with another image records one.");
        if (number is { } wanted)
        {
            var found = Releases.FirstOrDefault(release => release.Number == wanted) ?? throw UserErrorException.BadInput(FormattableString.Invariant(
                $"{name}: There is no release {wanted}. It has: {string.Join(", ", Releases.Select(release => release.Number))}."));
            return found != running ? found : throw UserErrorException.BadInput($"{name}: It runs {found.Title} already.");
        }

        if (running is null && existing.IsEmpty)
            throw UserErrorException.BadInput(FormattableString.Invariant(
                $"{name}: It is not running, so there is none before what runs. Name one: './infra.sh rollback {stack.Name} {Newest.Number}'."));
        // Of a command that was killed halfway, the container that was made last says where it led.
        var last = running ?? Latest(stack, existing);
        // A deploy that came up halfway was never recorded: before it was what was recorded last.
        if (last is null) return Newest;
        // A rollback that came halfway is brought to its end.
        if (running is null && last != Newest) return last;
        return Releases.LastOrDefault(release => release.Number < last.Number && release.Images.Any(image => IsOther(last, image)))
            ?? throw UserErrorException.BadInput($"{name}: It runs {last.Title}, and none before it is known.");
    }

    /// <summary>The steps that have run since a release, by name.</summary>
    public static ImmutableArray<string> StepsSince(Release release, ImmutableArray<ContainerState> existing) =>
    [
        .. existing.Where(container => container.IsStep && release.Steps.GetValueOrDefault(container.Service) != container.Id)
            .Select(container => container.Service).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The ids of the images that the application's services run, by the names of their builds; nothing where one has several.</summary>
    public static ImmutableSortedDictionary<string, string>? Images(StackContext stack, ImmutableArray<ContainerState> existing)
    {
        var names = Deployed(stack, existing).GroupBy(each => each.Build, each => each.Container.ImageId, StringComparer.Ordinal);
        var ids = names.ToImmutableSortedDictionary(group => group.Key, group => group.Distinct().ToArray(), StringComparer.Ordinal);
        return ids.Values.Any(several => several.Length > 1)
            ? null
            : ids.ToImmutableSortedDictionary(each => each.Key, each => each.Value[0], StringComparer.Ordinal);
    }

    private Release? Latest(StackContext stack, ImmutableArray<ContainerState> existing)
    {
        var (build, made) = Deployed(stack, existing).OrderBy(each => each.Container.Created).LastOrDefault();
        return made is null
            ? null
            : Releases.LastOrDefault(release => release.Images.TryGetValue(build, out var found) && found.Id == made.ImageId);
    }

    // The application's containers, but for steps, each with the name of the build that it runs.
    private static IEnumerable<(string Build, ContainerState Container)> Deployed(StackContext stack, ImmutableArray<ContainerState> existing) =>
        from service in stack.Topology.Services
        let build = ApplicationImages.NameOf(service, stack.Settings)
        where build is not null && !service.IsStep()
        from container in existing
        where container.Service == service.Name
        select (build, container);

    private static bool IsOther(Release running, KeyValuePair<string, ReleaseImage> image)
        => running.Images.GetValueOrDefault(image.Key)?.Id != image.Value.Id;
}
