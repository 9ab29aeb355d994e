using System.Globalization;
using Dimec.Costs;
using Dimec.Policies;
using Dimec.Reporting.Drawing;

namespace Dimec.Reporting.Html;

/// <summary>The shares of exit 0 and the tiers as one bar, with the figures below it.</summary>
internal static class ShareBar
{
    /// <summary>The bar.</summary>
    /// <param name="places">Where samples are answered.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    /// <param name="exitZero">Whether other rows of the table have exit 0, so that this one has a place for it.</param>
    public static Cell Cell(IReadOnlyList<AnswerPlace> places, CostStructure costs, bool exitZero)
    {
        AnswerPlace Of(string name) => places.FirstOrDefault(place => place.Name == name) with { Name = name };
        var parts = costs.Tiers.Select(tier => tier.Name)
            .Prepend(AnswerPlace.ExitZero)
            .Skip(exitZero ? 0 : 1)
            .Select(Of)
            .Select(place => (place.Name, place.Share, Ink: Palette.Place(place, costs)))
            .ToArray();
        var figures = Formatting.Shares(parts.Select(p => p.Share), 1);
        var label = string.Join(", ", parts.Zip(figures, (p, figure) => $"{p.Name} {figure} %"));
        return new Cell(label, parts[0].Share)
        {
            Write = html =>
            {
                html.Open("span", ("class", "bar"), ("role", "img"), ("aria-label", label));
                foreach (var (_, share, ink) in parts.Where(p => p.Share > 0))
                {
                    var width = (share * 100).ToString("0.##", CultureInfo.InvariantCulture);
                    html.Open("span", ("style", $"width:{width}%;background:{Palette.Css(ink)}")).Close();
                }

                html.Close();
                html.Prose("span", string.Join(" · ", figures) + " %", ("class", "figures"), ("aria-hidden", "true"));
            },
        };
    }

    /// <summary>Which colour is which place.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="costs">The costs, which name the tiers.</param>
    /// <param name="exitZero">Whether exit 0 answers anything.</param>
    public static void Key(HtmlWriter html, CostStructure costs, bool exitZero)
    {
        html.Open("p", ("class", "key")).Text("Tier shares: ");
        if (exitZero)
            Entry(html, Ink.ExitZero, AnswerPlace.ExitZero);
        for (var t = 0; t < costs.Tiers.Count; t++)
            Entry(html, Palette.Tier(t, costs.Tiers.Count), $"{costs.Tiers[t].Name} (exit {costs.Tiers[t].Depth})");
        html.Close();
    }

    private static void Entry(HtmlWriter html, Ink ink, string name)
    {
        html.Open("span", ("class", "entry"));
        html.Open("span", ("class", "swatch"), ("style", $"background:{Palette.Css(ink)}")).Close();
        html.Text(name).Close();
    }
}
