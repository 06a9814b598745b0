namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Whether those that use a Redis can be given a password for it.</summary>
internal static class RedisClients
{
    /// <summary>Whether it asks for one already, or each that uses it is led there by a URL, in which it comes.</summary>
    public static bool CanGivePassword(ImportScope scope, ServicePlan redis)
    {
        if (redis.Store!.Password is not null) return true;
        var clients = scope.Plans.Where(plan => plan.Mentions.Contains(redis.Name)
            || plan.Dependencies.Any(wait => wait.Service == redis.Name)).ToArray();
        return clients.Any(plan => HasUrl(plan, redis)) && clients.All(plan => HasUrl(plan, redis) || !plan.IsProcess || plan.IsFront)
            && !scope.Plans.Any(plan => IsLedByAddress(plan, redis));
    }

    private static bool HasUrl(ServicePlan plan, ServicePlan redis) => plan.Variables.Any(variable =>
        variable.Text.Contains($"{redis.SettingsName}.url", StringComparison.Ordinal)
            || variable.Text.Contains($"{{{redis.SettingsName}.password}}", StringComparison.Ordinal));

    private static bool IsLedByAddress(ServicePlan plan, ServicePlan redis) => plan.Variables.Any(variable =>
            variable.Text.Contains($"{{{redis.SettingsName}.host}}", StringComparison.Ordinal)
            || variable.Text.Contains($"{{{redis.SettingsName}.address}}", StringComparison.Ordinal))
        && !plan.Variables.Any(variable => variable.Text.Contains($"{{{redis.SettingsName}.password}}", StringComparison.Ordinal));
}
