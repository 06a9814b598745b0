using System.Globalization;
using Infra.Model;

namespace Infra.Targets.Containers;

/// <summary>Shares of processor time, spelled as the provider reads them back: any other spelling replaces the container at each preview.</summary>
internal static class Cores
{
    private const long PerMillicore = 1_000_000;
    private const decimal PerCore = 1_000_000_000;

    /// <summary><c>0.5</c>, <c>1.0</c>, <c>10.</c>; a share that comes back rounded (<c>0.05</c>) is given a billionth of a core more, which comes back whole.</summary>
    public static string Text(Cpu cpu)
    {
        var share = cpu.Millicores * PerMillicore;
        var text = ReadBack(share);
        return decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * PerCore == share ? text : ReadBack(share + 1);
    }

    // It writes nine decimals, takes what has nine noughts in all for a round number with one decimal, and else cuts the noughts at the end.
    private static string ReadBack(long share)
    {
        var text = (share / PerCore).ToString("0.000000000", CultureInfo.InvariantCulture);
        return text.Count(letter => letter == '0') == 9 ? (share / PerCore).ToString("0.0", CultureInfo.InvariantCulture) : text.TrimEnd('0');
    }
}
