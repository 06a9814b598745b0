using Infra.Operations.Foundation;
using Infra.Operations.Yaml;

namespace Infra.Operations.ComposeInput.Waiving;

/// <summary>A file of waivers: a map of <c>RULE</c> or <c>RULE.SERVICE</c> to the reason.</summary>
internal static class WaiverFile
{
    /// <summary>What it is called where nobody says.</summary>
    public const string Name = ".infra-waivers.yaml";

    /// <summary>The waivers of a file.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or is no such map.</exception>
    public static IEnumerable<ComposeWaiver> Read(string file)
    {
        if (Parse(file) is not { } document) return [];
        return document is YamlMap map
            ? map.Entries.Select(entry => new ComposeWaiver(
                entry.Key.Text, (entry.Value as YamlScalar)?.Text.Trim() ?? "", file, entry.Key.Line, entry.Key.Column))
            : throw UserErrorException.BadInput($"{file}: It is no map. Write a line 'RULE: reason' or 'RULE.SERVICE: reason' for each waiver.");
    }

    private static YamlValue? Parse(string file)
    {
        try
        {
            return YamlReader.Read(File.ReadAllText(file));
        }
        catch (YamlFault fault)
        {
            throw UserErrorException.BadInput(FormattableString.Invariant($"{file}:{fault.Line}:{fault.Column}: {fault.Message}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UserErrorException.BadInput($"{file}: The waivers cannot be read: {error.Message}");
        }
    }
}
