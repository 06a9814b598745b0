using System.Globalization;

namespace Infra.Model;

/// <summary>A share of processor time, in thousandths of a core.</summary>
public readonly record struct Cpu(int Millicores)
{
    /// <summary>So many cores, to a thousandth.</summary>
    public static Cpu Cores(decimal cores) => new((int)(cores * 1000));

    /// <summary>Reads <c>0.5</c> or <c>2</c>; less than a hundredth is refused, as engines do.</summary>
    public static bool TryParse(string text, out Cpu cpu)
    {
        var read = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cores)
            && cores is >= 0.01m and <= 1024m;
        cpu = read ? Cores(cores) : default;
        return read;
    }

    /// <summary>The cores, as Docker writes them: <c>0.5</c>.</summary>
    public override string ToString() => (Millicores / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
}
