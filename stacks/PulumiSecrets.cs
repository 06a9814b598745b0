using System.Collections.Immutable;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Stacks;

/// <summary>
/// The values of secrets under Pulumi: the stack's configuration; in development, where it has none, a file in <c>.secrets/</c>
/// that is made on first use. To be used inside a deployment.
/// </summary>
public sealed class PulumiSecrets(EnvironmentKind environment) : ISecretValues
{
    /// <summary>The secrets that the configuration does not have, as errors: for production, where each must be given.</summary>
    public static ImmutableArray<Finding> Missing(IEnumerable<Secret> secrets)
        => [.. secrets.Distinct().OrderBy(secret => secret.Name, StringComparer.Ordinal).Where(secret => Configured(secret) is null).Select(NotSet)];

    public Output<string> Get(Secret secret) => Configured(secret) ?? (environment == EnvironmentKind.Dev
        ? Generated(secret)
        : throw new RunException(Sentence(NotSet(secret))));

    private static Output<string>? Configured(Secret secret) => new Config(SettingsSource.Namespace).GetSecret(secret.Name) is { } value && IsSet(value) ? value : null;

    // A key without a value comes as "null".
    private static bool IsSet(Output<string> value) => OutputUtilities.GetValueAsync(value) is not { IsCompletedSuccessfully: true, Result: null or "" or "null" };

    private static Output<string> Generated(Secret secret)
    {
        var files = SecretFiles.Of(Deployment.Instance.RootDirectory, Deployment.Instance.StackName);
        if (!Deployment.Instance.IsDryRun) return files.Protect([secret]) is { } open ? throw new RunException(open) : Output.CreateSecret(files.ReadOrCreate(secret));
        return files.Read(secret) is { } value ? Output.CreateSecret(value) : Output.CreateSecret(OutputUtilities.CreateUnknown(""));
    }

    private static Finding NotSet(Secret secret) => new("SECRETS", Severity.Error, $"{SettingsSource.Namespace}:{secret.Name}",
        "This secret is not set.", $"Run `pulumi config set --secret {SettingsSource.Namespace}:{secret.Name}`.");

    private static string Sentence(Finding finding) => $"{finding.Where}: {finding.What} {finding.Do}";
}
