using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;

namespace Infra.Tests.Support;

/// <summary>Settings from the text of a file.</summary>
internal static class SettingsOf
{
    /// <summary>The settings; the sample's services run besides those that the text names.</summary>
    public static Settings Text(string yaml, string stack = "dev") => Exactly(Sample.Complete(yaml), stack);

    /// <summary>The settings as the text has them.</summary>
    public static Settings Exactly(string yaml, string stack = "dev") => SettingsParser.Parse(Source(yaml, stack), "shop", stack);

    public static SettingsSource Source(string yaml, string stack = "dev")
    {
        using var root = new TemporaryRoot();
        var file = Path.Combine(root.Path, $"Pulumi.{stack}.yaml");
        File.WriteAllText(file, yaml);
        return SettingsFile.Read(file);
    }

    /// <summary>The text of a file with one line in a section, that of a service among the services, and the place of that line.</summary>
    public static (string Text, string Where) With(string section, string line, string environment = "dev")
    {
        string[] sections = ["app", "proxy", "backup", "monitoring", "containerNames", "logging", "localstack"];
        var top = $"config:\n  infra:environment: {environment}\n";
        return sections.Contains(section)
            ? ($"{top}  infra:{section}:\n    {line}\n", $":4:5 infra:{section}.{line.Split(':')[0]}: ")
            : ($"{top}  infra:services:\n    {section}:\n      {line}\n", $":5:7 infra:services.{section}.{line.Split(':')[0]}: ");
    }

    /// <summary>The findings, a line each.</summary>
    public static string Problems(string yaml, string stack = "dev")
    {
        try
        {
            _ = Text(yaml, stack);
            return "";
        }
        catch (SettingsException error)
        {
            return error.Message;
        }
    }
}
