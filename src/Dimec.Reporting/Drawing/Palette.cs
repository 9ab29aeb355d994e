using System.Text;
using Dimec.Costs;
using Dimec.Policies;
using SkiaSharp;

namespace Dimec.Reporting.Drawing;

/// <summary>
/// The colours, in one table. Levels and series are built on Okabe and Ito's colour-blind-safe set; each has a light and a dark variant
/// with at least 4.5 : 1 against its background wherever text uses it.
/// </summary>
internal static class Palette
{
    /// <summary>How many colours there are for series.</summary>
    public const int SeriesCount = 6;

    private static readonly (Ink Ink, string Light, string Dark)[] s_colours =
    [
        (Ink.Background, "#ffffff", "#14171c"),
        (Ink.Surface, "#f5f6f8", "#1d2229"),
        (Ink.Text, "#1b1f24", "#e8ebf0"),
        (Ink.Muted, "#57606a", "#a3adb8"),
        (Ink.Grid, "#d9dee4", "#363d47"),
        (Ink.Level0, "#c2410c", "#ff8a4c"),
        (Ink.Level1, "#e08a00", "#f7b955"),
        (Ink.Level2, "#a3978c", "#b9b1a9"),
        (Ink.Level3, "#6bb5e6", "#aadcff"),
        (Ink.Level4, "#2f86c9", "#69b6f4"),
        (Ink.Level5, "#0b4f8a", "#2f8ade"),
        (Ink.ExitZero, "#0b63a5", "#59b4f5"),
        (Ink.Tier0, "#0f7b5c", "#43cfa0"),
        (Ink.Tier1, "#6a5fb8", "#b3a8f5"),
        (Ink.Tier2, "#a34a78", "#ee97c1"),
        (Ink.Tier3, "#8a6100", "#e3b94d"),
        (Ink.TierLast, "#4f5b69", "#a9b5c2"),
        (Ink.Series0, "#0b63a5", "#59b4f5"),
        (Ink.Series1, "#c2410c", "#ff9a5c"),
        (Ink.Series2, "#a33a7a", "#f095c8"),
        (Ink.Series3, "#7a6000", "#dfc04a"),
        (Ink.Series4, "#5b6673", "#a9b5c2"),
        (Ink.Series5, "#0f766e", "#4fd1c5"),
    ];

    /// <summary>The CSS custom property that holds the colour in a document.</summary>
    public static string Variable(Ink ink) => $"--{Enum.GetName(ink)!.ToLowerInvariant()}";

    /// <summary>The colour as a CSS value.</summary>
    public static string Css(Ink ink) => $"var({Variable(ink)})";

    /// <summary>The colour for a picture on a light background.</summary>
    public static SKColor Light(Ink ink) => SKColor.Parse(s_colours[(int)ink].Light);

    /// <summary>The colour on a dark background.</summary>
    public static SKColor Dark(Ink ink) => SKColor.Parse(s_colours[(int)ink].Dark);

    /// <summary>CSS that defines every colour under <paramref name="selector"/> for both colour schemes.</summary>
    public static string Definitions(string selector)
    {
        var css = new StringBuilder();
        css.Append(selector).Append('{');
        foreach (var (ink, light, _) in s_colours)
            css.Append(Variable(ink)).Append(':').Append(light).Append(';');
        css.Append("}\n@media (prefers-color-scheme:dark){").Append(selector).Append('{');
        foreach (var (ink, _, dark) in s_colours)
            css.Append(Variable(ink)).Append(':').Append(dark).Append(';');
        return css.Append("}}\n").ToString();
    }

    /// <summary>The colour of a tier and of its pool.</summary>
    public static Ink Tier(int tier, int tiers) => tier == tiers - 1 ? Ink.TierLast : Ink.Tier0 + (tier % 4);

    /// <summary>The colour of a place where samples are answered.</summary>
    public static Ink Place(AnswerPlace place, CostStructure costs) =>
        costs.IndexOf(place.Name) is >= 0 and var tier ? Tier(tier, costs.Tiers.Count) : Ink.ExitZero;

    /// <summary>The colour of a frontier's series.</summary>
    public static Ink Series(int index) => Ink.Series0 + (index % SeriesCount);

    /// <summary>The colour of bin <paramref name="bin"/> out of <paramref name="bins"/> (2 to 6) of correctness.</summary>
    public static Ink Level(int bin, int bins) => Ink.Level0 + (int)Math.Round(5.0 * bin / Math.Max(1, bins - 1));
}
