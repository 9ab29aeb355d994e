namespace Dimec.Reporting.Html;

/// <summary>The data map, and what is in each of its pools.</summary>
internal static class DataMapSection
{
    public static void Write(HtmlWriter html, DataMapInputs map, string file)
    {
        Html.Figure.Write(html, Figure(map, file));
        if (Pools(map) is not { } pools)
            return;
        html.Element("h3", "Pools");
        html.Table(pools);
    }

    public static ReportFigure Figure(DataMapInputs map, string file) => new(
        DataMapPlot.Describe(map),
        $"Training samples by the mean (confidence μ) and the standard deviation (variability σ) of the true class's probability over {map.Epochs} epochs, n = {Formatting.Count(map.Samples.Count)}.{Cuts(map)}",
        (500, 640), (canvas, box) => DataMapPlot.Draw(canvas, box, map), PlotData.Of(map, file));

    /// <summary>What is in each pool; null where the map has none.</summary>
    public static ReportTable? Pools(DataMapInputs map)
    {
        var pools = DataMapPool.Of(map);
        return pools.Count == 0 ? null : new ReportTable(
            $"Pools of the {Formatting.Count(map.Samples.Count)} training samples", TableKind.Plain, ["Pool|tier", "Rule", "#Samples|share", "#Right|of all epochs"],
            [
                .. pools.Select(pool => (Cell[])
                [
                    new Cell(pool.Name) { Second = pool.Tier }, new Cell(Rule(pool)),
                    Cell.Of(pool.Count) with { Second = Formatting.Percent((double)pool.Count / map.Samples.Count) }, new Cell(Formatting.Percent(pool.Accuracy)),
                ]),
            ]);
    }

    private static string Cuts(DataMapInputs map) => map switch
    {
        { Thresholds: not null } => " Dashed: the chosen α and β.",
        { HasOwnExitPools: true } => $" The plan cuts its pools by each tier's own exit, so that they are no regions of this map, which is {(map.Exit is { } exit ? $"exit {exit}'s" : "one exit's")}.",
        _ => "",
    };

    /// <summary>The rule, which breaks at its "and" only.</summary>
    private static string Rule(DataMapPool pool) => pool.Rule.Replace(' ', '\u00a0').Replace("\u00a0and\u00a0", " and ", StringComparison.Ordinal);
}
