using System.Text.Json.Nodes;
using Infra.Operations.ComposeInput.Reading;
using Infra.Stacks.Configuration;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Secrets and configurations of a Compose file: what is in them.</summary>
internal static class SecretFile
{
    private const long Longest = 1 << 20;

    /// <summary>What is in the file that a service finds at a path; nothing where that is not known here.</summary>
    public static string? At(ImportScope scope, ComposeService service, string path)
    {
        foreach (var grant in service.Items("secrets"))
            if (TargetOf(grant) == path) return Content(scope, "secrets", ComposeService.TextOf(grant["source"]) ?? "");
        foreach (var mount in service.Items("volumes"))
            if (ComposeService.TextOf(mount["target"]) == path && ComposeService.TextOf(mount["source"]) is { } source) return Read(source);
        return null;
    }

    /// <summary>Where a service finds one that it is granted.</summary>
    public static string TargetOf(JsonObject grant)
    {
        var target = ComposeService.TextOf(grant["target"]) ?? ComposeService.TextOf(grant["source"]) ?? "";
        return target.StartsWith('/') ? target : $"/run/secrets/{target}";
    }

    /// <summary>The content of an entry of <c>secrets</c> or <c>configs</c>; nothing where it is made elsewhere, or is not here.</summary>
    public static string? Content(ImportScope scope, string section, string name)
    {
        if ((scope.Application.Document[section] as JsonObject)?[name] is not JsonObject entry) return null;
        if (ComposeService.TextOf(entry["content"]) is { } content) return content;
        if (ComposeService.TextOf(entry["file"]) is { } file) return Read(file);
        return ComposeService.TextOf(entry["environment"]) is { } variable ? OfEnvironment(scope, variable) : null;
    }

    private static string? OfEnvironment(ImportScope scope, string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { } value) return value;
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = scope.Application.Source.EnvFiles is { IsEmpty: false } named ? named : [Path.Combine(scope.Application.Source.Folder, ".env")];
        foreach (var file in files)
            if (Read(file) is { } text)
                try
                {
                    foreach (var (name, each, _) in EnvFile.Parse(text, known)) known[name] = each;
                }
                catch (EnvFileException)
                {
                    // What Compose reads otherwise than we do is a value that is not known here.
                }

        return known.GetValueOrDefault(variable);
    }

    private static string? Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: < Longest } ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
