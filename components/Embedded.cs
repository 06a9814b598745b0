namespace Infra.Components;

/// <summary>The programs that components put into containers.</summary>
internal static class Embedded
{
    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Embedded).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
