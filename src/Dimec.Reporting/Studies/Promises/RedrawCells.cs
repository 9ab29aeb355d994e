using Dimec.Reporting.Html;
using Dimec.Studies.Promises;

namespace Dimec.Reporting.Studies;

/// <summary>Cells of what redraws came to.</summary>
internal static class RedrawCells
{
    /// <summary>How often a promise was broken, with its interval.</summary>
    public static Cell Broken(RedrawCount count) => new(Formatting.Percent(Share(count)), Share(count))
    {
        Second = Formatting.Interval(count.BrokenInterval.Lower, count.BrokenInterval.Upper),
    };

    /// <summary>How often a plan was found, and below it what was saved on average.</summary>
    public static Cell Found(RedrawCount count) => new(Formatting.Percent(count.Found / (double)count.Draws), count.Saved)
    {
        Second = Formatting.Percent(count.Saved),
    };

    /// <summary>The share of draws in which the promise was broken.</summary>
    public static double Share(RedrawCount count) => count.Broken / (double)count.Draws;
}
