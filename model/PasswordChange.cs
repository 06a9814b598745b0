using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>How the password of a running service is changed without a restart; its files have the new one at its next start.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Command">Run inside its container, with the new value as its input: from then on its user has no other.</param>
public sealed record PasswordChange(Secret Secret, ImmutableArray<string> Command)
{
    /// <summary>The same, but the old value is accepted as well; empty where a service can have only one.</summary>
    public ImmutableArray<string> Addition { get; init; } = [];

    /// <summary>
    /// The users who have the new value after <see cref="Addition"/>, and whatever the service's own users may do, where each user has
    /// one password alone: the one of the service's endpoint first. Empty where the added value is its own user's.
    /// </summary>
    public ImmutableArray<string> SecondUsers { get; init; } = [];

    /// <summary>Removes them, and does nothing where there are none.</summary>
    public ImmutableArray<string> Removal { get; init; } = [];

    /// <summary>Run inside its container, with a value as its input: ends with 0 where its endpoint's user has that one, with 3 where not.</summary>
    public ImmutableArray<string> Check { get; init; } = [];

    /// <summary>
    /// Whether those that use the service are to be brought up twice: as the second users while the service's own have the old value,
    /// and as these again once they have the new one.
    /// </summary>
    public bool IsInTwoSteps => !Removal.IsEmpty;

    /// <summary>What is run before those that use the service have the new value.</summary>
    /// <param name="asSecond">Whether they are brought up as the second users first.</param>
    public ImmutableArray<string> First(bool asSecond) => Addition.IsEmpty || (IsInTwoSteps && !asSecond) ? Command : Addition;

    /// <summary>What is run once all that use it have the new value: from then on no other holds. Nothing where it is empty.</summary>
    public ImmutableArray<string> Last => IsInTwoSteps ? Removal : Addition.IsEmpty ? [] : Command;

    /// <summary>Whether a service that is brought up for the second users logs in as one of them wherever it has the password.</summary>
    public bool IsFollowedBy(ServiceSpec service) => service.Files.Select(file => file.Content).Concat(service.Environment.Values)
        .Where(text => text.Secrets.Contains(Secret))
        .All(text => text.Only == Secret
            ? service.Environment.Values.Any(value => SecondUsers.Contains(value.ToString()))
            : SecondUsers.Any(user => text.ToString().Contains(user, StringComparison.Ordinal)));
}
