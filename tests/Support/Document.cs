using Infra.Tests.Offline;

namespace Infra.Tests.Support;

/// <summary>Compares a text with a document of the project that is written from its code: <c>UPDATE_SNAPSHOTS=1 dotnet test</c> writes it.</summary>
internal static class Document
{
    public static void Match(string text, params string[] path)
    {
        var file = Repository.PathOf(path);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(file, text);
        var there = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";

        there.Should().Be(text, "{0} is written from the code: UPDATE_SNAPSHOTS=1 dotnet test does it", string.Join('/', path));
    }
}
