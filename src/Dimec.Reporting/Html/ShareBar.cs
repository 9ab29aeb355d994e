using System.Globalization;
using Dimec.Costs;
using Dimec.Reporting.Drawing;

namespace Dimec.Reporting.Html;

/// <summary>The shares of the tiers as one bar, with the figures below it.</summary>
internal static class ShareBar
{
    public static Cell Cell(IReadOnlyDictionary<string, double> shares, CostStructure costs)
    {
        var parts = costs.Tiers
            .Select((tier, t) => (tier.Name, Share: shares.GetValueOrDefault(tier.Name), Ink: Palette.Tier(t, costs.Tiers.Count)))
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

    /// <summary>Which colour is which tier.</summary>
    public static void Key(HtmlWriter html, CostStructure costs)
    {
        html.Open("p", ("class", "key")).Text("Tier shares: ");
        for (var t = 0; t < costs.Tiers.Count; t++)
        {
            html.Open("span", ("class", "entry"));
            html.Open("span", ("class", "swatch"), ("style", $"background:{Palette.Css(Palette.Tier(t, costs.Tiers.Count))}")).Close();
            html.Text($"{costs.Tiers[t].Name} (exit {costs.Tiers[t].Depth})").Close();
        }

        html.Close();
    }
}
