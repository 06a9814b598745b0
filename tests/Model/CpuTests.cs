using Infra.Model;

namespace Infra.Tests.Model;

public sealed class CpuTests
{
    [Theory]
    [InlineData("0.5", 500)]
    [InlineData("2", 2000)]
    [InlineData("0.01", 10)]
    public void Is_read_in_cores(string text, int millicores)
    {
        Cpu.TryParse(text, out var cpu).Should().BeTrue();

        cpu.Millicores.Should().Be(millicores);
        cpu.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1,5")]
    [InlineData("half")]
    [InlineData("2000")]
    [InlineData("0.009")]
    public void Is_refused_where_no_machine_has_it(string text) => Cpu.TryParse(text, out _).Should().BeFalse();
}
