namespace Dimec.Reporting.Drawing;

/// <summary>A linear scale from values to pixels, with round ticks.</summary>
/// <param name="Low">The value at <paramref name="Start"/>.</param>
/// <param name="High">The value at <paramref name="End"/>.</param>
/// <param name="Start">The pixel of the low end.</param>
/// <param name="End">The pixel of the high end.</param>
internal readonly record struct Axis(double Low, double High, float Start, float End)
{
    public float At(double value) => Start + (float)((value - Low) / (High - Low) * (End - Start));

    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>About <paramref name="count"/> ticks at multiples of 1, 2 or 5 times a power of ten.</summary>
    public IReadOnlyList<double> Ticks(int count)
    {
        var step = Step((High - Low) / Math.Max(1, count));
        var ticks = new List<double>();
        for (var k = (long)Math.Ceiling((Low / step) - 1e-9); k * step <= High + (step * 1e-9); k++)
            ticks.Add(Math.Round(k * step, 10));
        return ticks;
    }

    /// <summary>The range widened by a share on both sides; an empty one gets a width of <paramref name="least"/>.</summary>
    public static (double Low, double High) Pad(double low, double high, double share, double least)
    {
        var missing = Math.Max(0, least - (high - low)) / 2;
        var margin = (high - low + (2 * missing)) * share;
        return (low - missing - margin, high + missing + margin);
    }

    private static double Step(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }
}
