using Infra.Model;
using Infra.Operations.Loading;
using Infra.Operations.Project;

namespace Infra.Operations.Rotation;

/// <summary>The users that what uses a secret logs in as while the secret is being rotated.</summary>
internal static class SecondUsers
{
    /// <summary>The stack for them, where all that use the secret can be them.</summary>
    /// <param name="session">Reads the settings.</param>
    /// <param name="stack">The stack as it is.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="always">Whether they are needed even where the old and the new value are both accepted.</param>
    public static async Task<StackContext?> StackAsync(Session session, StackContext stack, Secret secret, bool always)
    {
        var owner = stack.Topology.Services.FirstOrDefault(service => service.PasswordChange is { SecondUsers.IsEmpty: false } change
            && change.Secret == secret && (change.IsInTwoSteps || always));
        if (owner?.PasswordChange is not { } known) return null;
        var second = await StackLoader.GatherAsync(session.Workspace, stack.Name, stack.Settings.Rotating(secret.Name), stack.Source, stack.Images);
        var left = second.Topology.Services.Where(service => service.PasswordChange?.Secret != secret && !known.IsFollowedBy(service)).ToArray();
        if (left.Length == 0 || !known.IsInTwoSteps) return second;
        var names = string.Join(", ", left.Select(service => service.Name));
        await session.Error.WriteLineAsync(
            $"{secret.Name}: {names} would not log in as another user for a while, so new connections with the old value are "
            + "refused until what has it is recreated. Without that: let it take the user from the URL that it is given.");
        return null;
    }
}
