using System.Globalization;
using Dimec.Costs;

namespace Dimec.Reporting.Html;

/// <summary>
/// What a sample costs on each tier. Where that was measured, what would have been assumed stands beside it in a table of its own: layers
/// and milliseconds are not added up, and what can be compared are shares of the cloud's cost.
/// </summary>
internal static class CostsSection
{
    public static void Write(HtmlWriter html, CostStructure costs)
    {
        html.Element("h3", "What a sample costs");
        if (costs.Origin is { } origin)
        {
            html.Prose("p", ReportSentences.FormatMeasuredCosts(
                date: origin.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), machine: origin.Machine, rows: origin.Rows,
                tokens: Formatting.Number(origin.Tokens, 0), hash: origin.Measurement[..Math.Min(12, origin.Measurement.Length)]));
        }

        // Layers alone are counted unless somebody measured what comes beside them.
        var calls = costs.Tiers.Any(tier => tier.Call > 0);
        html.Table(
            ReportSentences.FormatCostsCaption(unit: costs.Unit, formula: calls ? "λ · d + c + o" : "λ · d + o"), TableKind.Plain,
            [
                "Tier", "#Layers|d", "#A layer|λ", .. calls ? ["#A call|c"] : (string[])[], "#Offloading|o",
                $"#A sample|of {costs.Tiers[^1].Name}",
            ],
            costs.Tiers.Select((tier, t) => (Cell[])
            [
                new Cell(tier.Name), Cell.Of(tier.Depth), new Cell(Formatting.Cost(tier.Layer, "")),
                .. calls ? [new Cell(Formatting.Cost(tier.Call, ""))] : (Cell[])[], new Cell(Formatting.Cost(tier.Offload, "")),
                new Cell(Formatting.Cost(costs.Of(t), "")) { Second = Formatting.Percent(costs.Of(t) / costs.Cloud) },
            ]));
        if (costs.Origin is { } measured)
            Assumed(html, costs, measured);
        if (costs.Links.Count > 0)
        {
            html.Table(
                ReportSentences.FormatLinksCaption(unit: costs.Unit), TableKind.Plain, ["From", "To", $"#Offloading ({costs.Unit})"],
                costs.Links.Select(link => (Cell[])[new Cell(link.From), new Cell(link.To), new Cell(Formatting.Cost(link.Offload, ""))]));
        }
    }

    private static void Assumed(HtmlWriter html, CostStructure costs, CostOrigin origin)
    {
        var usual = CostStructure.Default([.. costs.Tiers.Select(tier => tier.Depth)]);
        html.Table(
            ReportSentences.FormatAssumedCostsCaption(cloud: costs.Tiers[^1].Name, unit: costs.Unit), TableKind.Plain,
            ["Tier", "#Assumed|in layers", $"#Measured|in {costs.Unit}", "#Interval|95 %"],
            costs.Tiers.Select((tier, t) => (Cell[])
            [
                new Cell(tier.Name), Share(usual.Of(t) / usual.Cloud), Share(costs.Of(t) / costs.Cloud),
                new Cell(origin.Intervals.TryGetValue(tier.Name, out var interval)
                    ? Formatting.Interval(interval.Lower / costs.Cloud, interval.Upper / costs.Cloud)
                    : "–"),
            ]));
        NoteList.Write(html, ReportSentences.NotMeasured, origin.Assumed);
    }

    private static Cell Share(double share) => new(Formatting.Percent(share), share);
}
