using System.Globalization;

namespace Dimec.Reporting;

/// <summary>Numbers as people read them, the same on every machine: invariant culture, a true minus sign, no negative zero.</summary>
public static class Formatting
{
    /// <summary>A share as a percentage: 0.1234 is <c>12.3 %</c>.</summary>
    /// <param name="share">The share; 1 is the whole.</param>
    /// <param name="decimals">Digits after the point.</param>
    public static string Percent(double share, int decimals = 1) => double.IsFinite(share) ? Number(share * 100, decimals) + " %" : Missing;

    /// <summary>An accuracy or another measure in 0..1 with an interval: <c>86.4 % [84.1, 88.6]</c>.</summary>
    /// <param name="value">The measure.</param>
    /// <param name="low">The interval's lower end.</param>
    /// <param name="high">The interval's upper end.</param>
    public static string Percent(double value, double low, double high) =>
        $"{Percent(value)} {Interval(low, high)}";

    /// <summary>A drop of accuracy in points: −0.003 is <c>−0.3</c>, 0.0123 is <c>1.2</c>, 0 is <c>0.0</c>.</summary>
    /// <param name="difference">The drop; 0.01 is one point.</param>
    public static string Points(double difference) => Number(difference * 100, 1);

    /// <summary>A change of accuracy in points, always signed: 0.0123 is <c>+1.2</c>.</summary>
    /// <param name="change">The change; 0.01 is one point.</param>
    public static string SignedPoints(double change)
    {
        var text = Number(change * 100, 1);
        return change > 0 && text != "0.0" && double.IsFinite(change) ? "+" + text : text;
    }

    /// <summary>A difference in points with its interval: <c>−0.3 [−0.8, 0.1]</c>.</summary>
    /// <param name="difference">The difference; 0.01 is one point.</param>
    /// <param name="low">The interval's lower end.</param>
    /// <param name="high">The interval's upper end.</param>
    public static string Points(double difference, double low, double high) => $"{Points(difference)} {Interval(low, high)}";

    /// <summary>An interval of shares in per cent, or of differences in points: <c>[−0.8, 0.1]</c>.</summary>
    /// <param name="low">The lower end; 0.01 is one per cent or point.</param>
    /// <param name="high">The upper end.</param>
    public static string Interval(double low, double high) => $"[{Points(low)}, {Points(high)}]";

    /// <summary>
    /// A difference in points with the longer arm of its interval: <c>−0.3 ± 0.4</c>, for where there is no room for both ends.
    /// </summary>
    /// <param name="difference">The difference; 0.01 is one point.</param>
    /// <param name="low">The interval's lower end.</param>
    /// <param name="high">The interval's upper end.</param>
    public static string PointsPlusMinus(double difference, double low, double high) =>
        $"{Points(difference)} ± {Arm(difference, low, high)}";

    /// <summary>
    /// The shares of one whole as percentages that add up to 100 as they stand: each is rounded down, and what is left goes to the largest
    /// remainders, of equals to the first.
    /// </summary>
    /// <param name="shares">The shares; 1 is the whole.</param>
    /// <param name="decimals">Digits after the point.</param>
    public static IReadOnlyList<string> Shares(IEnumerable<double> shares, int decimals)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var unit = Math.Pow(10, decimals);
        double[] wanted = [.. shares.Select(share => share * 100 * unit)];
        double[] whole = [.. wanted.Select(Math.Floor)];
        foreach (var place in Enumerable.Range(0, whole.Length)
            .OrderByDescending(i => wanted[i] - whole[i])
            .Take((int)Math.Round(wanted.Sum() - whole.Sum())))
        {
            whole[place]++;
        }

        return [.. whole.Select(share => Number(share / unit, decimals))];
    }

    /// <summary>
    /// A cost with its unit: <c>5.03 layers</c>; three significant digits from 100 down to 0.01, all whole digits above,
    /// up to what people read.
    /// </summary>
    /// <param name="cost">The cost.</param>
    /// <param name="unit">Its unit; empty for none.</param>
    public static string Cost(double cost, string unit)
    {
        var number = Math.Abs(cost) switch
        {
            >= 100 => Number(cost, 0),
            >= 10 => Number(cost, 1),
            >= 0.01 or 0 => Number(cost, 2),
            _ => double.IsFinite(cost) ? Scientific(cost) : Missing,
        };
        return string.IsNullOrEmpty(unit) ? number : $"{number} {unit}";
    }

    /// <summary>A count with its thousands set apart: <c>12,345</c>.</summary>
    /// <param name="count">The count.</param>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace('-', Minus);

    /// <summary>
    /// A number with a fixed number of decimals; in powers of ten where it has more digits than anybody reads,
    /// an en dash where it is not finite.
    /// </summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">Digits after the point.</param>
    public static string Number(double value, int decimals)
    {
        if (!double.IsFinite(value))
            return Missing;
        if (Math.Abs(value) >= Unreadable)
            return Scientific(value);
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        if (rounded == 0)
            rounded = 0; // no negative zero
        return rounded.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', Minus);
    }

    /// <summary>A number for programs: the shortest text that reads back as the same number.</summary>
    internal static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private const char Minus = '\u2212';

    private const string Missing = "–";

    /// <summary>From here on a number is a row of digits.</summary>
    private const double Unreadable = 1e12;

    private static string Scientific(double value) => value.ToString("0.##E+0", CultureInfo.InvariantCulture).Replace('-', Minus);

    private static string Arm(double value, double low, double high) => Number(Math.Max(high - value, value - low) * 100, 1);
}
