using Infra.Operations.Engine;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>What a program that reads gets of a source.</summary>
public sealed class ShellInputTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    public void Dispose() => root.Dispose();

    [UnixFact]
    public async Task A_source_that_cannot_be_read_on_ends_the_program_before_it_takes_a_part_for_the_whole()
    {
        var path = Path.Combine(root.Path, "taken");
        await using var damaged = new Damaged();

        var feeding = () => new Shell(root.Path).StreamAsync("sh", ["-c", $"cat >/dev/null; : >{path}"], damaged, null);

        (await feeding.Should().ThrowAsync<IOException>().WaitAsync(TimeSpan.FromMinutes(1))).WithMessage("input/output error");
        File.Exists(path).Should().BeFalse();
    }

    private sealed class Damaged : MemoryStream
    {
        private bool isRead;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (isRead) throw new IOException("input/output error");
            isRead = true;
            return new(buffer.Length);
        }
    }
}
