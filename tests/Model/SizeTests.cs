using Infra.Model;

namespace Infra.Tests.Model;

public sealed class SizeTests
{
    [Theory]
    [InlineData("512MiB", 512L * 1024 * 1024)]
    [InlineData("1.5GiB", 1536L * 1024 * 1024)]
    [InlineData("512m", 512L * 1024 * 1024)]
    [InlineData("64 KiB", 64L * 1024)]
    [InlineData("100b", 100)]
    public void Is_read_with_its_unit(string text, long bytes)
    {
        Size.TryParse(text, out var size).Should().BeTrue();

        size.Bytes.Should().Be(bytes);
    }

    [Theory]
    [InlineData("512")]
    [InlineData("")]
    [InlineData("-1m")]
    [InlineData("0m")]
    [InlineData("99999999999999g")]
    public void Is_refused_without_a_unit_or_a_sensible_number(string text) => Size.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData(1L << 30, "1g")]
    [InlineData(1536L << 20, "1536m")]
    [InlineData(100, "100b")]
    [InlineData(0, "0b")]
    public void Is_written_as_Docker_does(long bytes, string text) => new Size(bytes).ToString().Should().Be(text);

    [Theory]
    [InlineData(1L << 30, "1 GiB")]
    [InlineData(1536L << 20, "1.5 GiB")]
    [InlineData(512L << 20, "512 MiB")]
    [InlineData((36L << 20) + (300 << 10), "36.29 MiB")]
    [InlineData(512L << 10, "0.5 MiB")]
    [InlineData(5L << 10, "5 KiB")]
    [InlineData(2, "2 B")]
    public void Is_told_to_people_in_words(long bytes, string text) => new Size(bytes).Text.Should().Be(text);

    [Theory]
    [InlineData(512, 256)]
    [InlineData(12, 6)]
    [InlineData(11, 6)]
    [InlineData(6, 6)]
    public void Half_is_kept_and_no_less_than_engines_keep(int limit, int kept) => Size.MiB(limit).Reserved().Should().Be(Size.MiB(kept));

    [Fact]
    public void Rounds_up_to_whole_mebibytes() => new Size((1L << 20) + 1).WholeMiB.Should().Be(2);

    [Fact]
    public void Is_compared_by_bytes() => (Size.MiB(1024) >= Size.GiB(1) && Size.MiB(1) < Size.GiB(1)).Should().BeTrue();
}
