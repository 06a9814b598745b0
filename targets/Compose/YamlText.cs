using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Infra.Targets.Compose;

/// <summary>Writes a YAML document with blank lines where a reader rests.</summary>
internal static class YamlText
{
    public static string Write(YamlMappingNode root, IEnumerable<string> comments)
    {
        var text = new StringBuilder();
        foreach (var comment in comments) text.Append("# ").Append(comment).Append('\n');
        var section = "";
        var isFirst = true;
        foreach (var line in Lines(root))
        {
            var isSection = line.Length > 0 && line[0] is not ' ';
            var isService = section == "services:" && line.Length > 2 && line[1] is ' ' && line[2] is not ' ';
            if ((isSection && section.Length > 0) || (isService && !isFirst)) text.Append('\n');
            if (isSection) section = line;
            isFirst = isSection;
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Lines(YamlMappingNode root)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var settings = new EmitterSettings(
            bestIndent: 2,
            bestWidth: int.MaxValue,
            isCanonical: false,
            maxSimpleKeyLength: 1024
        ).WithIndentedSequences();
        new YamlStream(new YamlDocument(root)).Save(new Emitter(writer, settings), assignAnchors: false);
        return Ended(writer.ToString()).Split('\n').Select(line => line.TrimEnd());
    }

    // A stream of one document needs no mark at its end.
    private static string Ended(string text)
    {
        var trimmed = text.TrimEnd();
        return trimmed.EndsWith("\n...", StringComparison.Ordinal) ? trimmed[..^4] : trimmed;
    }
}
