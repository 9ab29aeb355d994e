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
        ReportSentences.FormatDataMapCaption(epochs: map.Epochs, n: Formatting.Count(map.Samples.Count)) + Cuts(map),
        (500, 640), (canvas, box) => DataMapPlot.Draw(canvas, box, map), PlotData.Of(map, file));

    /// <summary>What is in each pool; null where the map has none.</summary>
    public static ReportTable? Pools(DataMapInputs map)
    {
        var pools = DataMapPool.Of(map);
        return pools.Count == 0 ? null : new ReportTable(
            ReportSentences.FormatPoolsCaption(n: Formatting.Count(map.Samples.Count)), TableKind.Plain,
            ["Pool|tier", "Rule", "#Samples|share", "#Right|of all epochs"],
            [
                .. pools.Select(pool => (Cell[])
                [
                    new Cell(pool.Name) { Second = pool.Tier }, new Cell(Rule(pool)),
                    Cell.Of(pool.Count) with { Second = Formatting.Percent((double)pool.Count / map.Samples.Count) },
                    new Cell(Formatting.Percent(pool.Accuracy)), ]),
            ]);
    }

    private static string Cuts(DataMapInputs map) => map switch
    {
        { Thresholds: not null } => " " + ReportSentences.DataMapCuts,
        { HasOwnExitPools: true, Exit: { } exit } => " " + ReportSentences.FormatDataMapOwnExits(exit: exit),
        { HasOwnExitPools: true } => " " + ReportSentences.DataMapOwnExitsOfOne,
        _ => "",
    };

    /// <summary>The rule, which breaks at its "and" only.</summary>
    private static string Rule(DataMapPool pool) =>
        pool.Rule.Replace(' ', '\u00a0').Replace("\u00a0and\u00a0", " and ", StringComparison.Ordinal);
}
