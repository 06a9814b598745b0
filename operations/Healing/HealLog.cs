namespace Infra.Operations.Healing;

/// <summary>Writes what the healer sees and does, a line of JSON each, whole and at once whoever writes meanwhile.</summary>
internal sealed class HealLog(TextWriter output, TimeProvider clock)
{
    private readonly Lock turn = new();

    public void Write(HealLine line)
    {
        lock (turn)
        {
            output.WriteLine(line.At(clock.GetUtcNow()));
            output.Flush();
        }
    }
}
