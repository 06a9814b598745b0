namespace Infra.Operations.Healing;

/// <summary>Writes what the healer sees and does, one line of JSON each, which concurrent writers never mix.</summary>
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
