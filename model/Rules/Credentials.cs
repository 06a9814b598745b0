namespace Infra.Model.Rules;

/// <summary>What is taken for a credential that is written down.</summary>
public static class Credentials
{
    /// <summary>Whether a variable's name and value look like one.</summary>
    public static bool AreIn(string name, string value) => SecretsNotInEnvironment.IsCredential(name, value);
}
