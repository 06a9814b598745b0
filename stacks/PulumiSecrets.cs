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
public sealed class PulumiSecrets(EnvironmentKind environment, Topology topology) : ISecretValues
{
    /// <summary>The secrets that have no value where one must be given, or one that cannot work, as errors.</summary>
    public ImmutableArray<Finding> Review() => [.. topology.Secrets.Select(Review).OfType<Finding>()];

    public Output<string> Get(Secret secret) => Configured(secret)?.Apply(value => Taken(secret, value)) ?? (
        environment == EnvironmentKind.Dev && (!topology.IsGiven(secret) || Files.Read(secret) is not null)
            ? Generated(secret)
            : throw new RunException(Sentence(NotSet(secret)))
    );

    private Finding? Review(Secret secret)
    {
        var forms = topology.FormsOf(secret);
        if (Configured(secret) is { } output)
        {
            // A configured value is always there; what is not is none.
            var value = OutputUtilities.GetValueAsync(output);
            return value.IsCompletedSuccessfully && ((SecretValue)value.Result).Problem(forms) is { } wrong
                ? Wrong($"{SettingsSource.Namespace}:{secret.Name}", wrong)
                : null;
        }

        if (environment != EnvironmentKind.Dev) return NotSet(secret);
        try
        {
            var path = $".secrets/{Deployment.Instance.StackName}/{secret.Name}";
            if (Files.Read(secret) is not { } there) return topology.IsGiven(secret) ? NotSet(secret) : null;
            return there.Problem(forms) is { } wrong ? Wrong(path, wrong)
                : there.Text is null
                    ? Wrong(
                        path,
                        ("It is not UTF-8 text, and Pulumi's configuration holds nothing else.", "Use --engine compose, or encode it, in Base64 say.")
                    )
                : null;
        }
        catch (IOException unreadable)
        {
            return new Finding("SECRETS", Severity.Error, secret.Name, unreadable.Message, "");
        }
    }

    private static SecretFiles Files => SecretFiles.For(Deployment.Instance.RootDirectory, Deployment.Instance.StackName);

    private static Output<string>? Configured(Secret secret) =>
        new Config(SettingsSource.Namespace).GetSecret(secret.Name) is { } value && IsSet(value) ? value : null;

    // A key without a value comes as "null".
    private static bool IsSet(Output<string> value) =>
        OutputUtilities.GetValueAsync(value) is not { IsCompletedSuccessfully: true, Result: null or "" or "null" };

    private Output<string> Generated(Secret secret)
    {
        if (!Deployment.Instance.IsDryRun)
            return Files.Protect() is { } open ? throw new RunException(open) : Output.CreateSecret(Taken(secret, Files.ReadOrCreate(secret)));
        return Files.Read(secret) is { } value ? Output.CreateSecret(Taken(secret, value)) : Output.CreateSecret(OutputUtilities.CreateUnknown(""));
    }

    private string Taken(Secret secret, SecretValue value) => value.Taken(topology.FormsOf(secret)).Text ?? "";

    private static Finding NotSet(Secret secret) => new("SECRETS", Severity.Error, $"{SettingsSource.Namespace}:{secret.Name}",
        "This secret is not set.", $"Run `pulumi config set --secret {SettingsSource.Namespace}:{secret.Name}`.");

    private static Finding Wrong(string where, (string What, string Do) problem) => new("SECRETS", Severity.Error, where, problem.What, problem.Do);

    private static string Sentence(Finding finding) => $"{finding.Where}: {finding.What} {finding.Do}";
}
