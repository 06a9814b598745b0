using System.Collections.Immutable;
using Infra.Operations.Up;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class AppliedTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    public void Dispose() => root.Dispose();

    private string File => Path.Combine(root.Path, "applied.json");

    [Fact]
    public void Is_read_as_it_was_written()
    {
        var map = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        var files = ImmutableSortedDictionary
            .Create<string, WrittenFiles>(StringComparer.Ordinal)
            .Add("redis", new("3", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        new LastApply("digest", map.Add("web", "1").Add("redis", "2"), files).Write(File);

        LastApply read = LastApply.Read(File);

        read.Compose.Should().Be("digest");
        read.Hashes.Should().Equal(map.Add("web", "1").Add("redis", "2"));
        read.Files.Should().Equal(files);
        Directory.EnumerateFiles(root.Path).Should().Equal(File);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"compose\": 1}")]
    [InlineData("{\"hashes\": [1]}")]
    [InlineData("{\"hashes\": {\"web\": null}}")]
    [InlineData("{\"files\": {\"redis.conf\": \"a digest alone, as an earlier version wrote it\"}}")]
    public void What_is_not_ours_is_nothing(string text)
    {
        System.IO.File.WriteAllText(File, text);

        LastApply.Read(File).Should().BeSameAs(LastApply.Nothing);
    }

    [Fact]
    public void Nothing_is_remembered_at_first() => LastApply.Read(File).Should().BeSameAs(LastApply.Nothing);
}
