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
