namespace Infra.Model;

/// <summary>
/// The name of a secret, never its value: each target fills it in its own way. Lower-case words joined by hyphens; it is
/// the configuration key (<c>infra:postgres-password</c>) and the file's name (<c>.secrets/STACK/postgres-password</c>).
/// </summary>
public sealed record Secret(string Name)
{
    /// <summary>A hole for its value, to be written in that form.</summary>
    public Template In(SecretForm form) => Template.From(this, form);

    /// <summary>The secret's name.</summary>
    public override string ToString() => Name;
}
