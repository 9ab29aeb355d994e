namespace Dimec.Reporting.Html;

/// <summary>Whether the running tiers answered what the offline evaluation said.</summary>
internal static class ServedSection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        if (inputs.Served is { } served)
            html.Section("served", "Served against offline", _ => Write(html, served));
    }

    private static void Write(HtmlWriter html, ServedCheck served)
    {
        var verdict = served.Holds
            ? $"Every one of {Formatting.Count(served.Samples)} served samples got the label and the tier that the offline evaluation of the exported models gave it"
                + (served.NearTies.Count > 0 ? $", but for {served.NearTies.Count} near-tie{(served.NearTies.Count == 1 ? "" : "s")}, listed below." : ".")
            : $"{Formatting.Count(served.Samples - served.Equal - served.NearTies.Count)} of {Formatting.Count(served.Samples)} served samples differ from the offline evaluation of the exported models, and should not.";
        html.Prose("p", verdict, ("class", served.Holds ? "gain" : "note"));
        html.Prose("p", $"Wall time {Formatting.Number(served.Seconds, 1)} s.");
        html.Table($"The tiers that ran, n = {Formatting.Count(served.Samples)}", TableKind.Plain, ["Tier", "Where", "#Answered", "#Share"],
            served.Tiers.Select(tier => (Cell[])
            [
                new Cell(tier.Name), new Cell(tier.Where), Cell.Of(tier.Answered),
                new Cell(Formatting.Percent(served.Samples == 0 ? double.NaN : (double)tier.Answered / served.Samples)),
            ]));
        Differences(html, "Differences", served.Differences);
        Differences(html, "Near-ties (the two likeliest classes within 1e-4 in probability)", served.NearTies);
    }

    private static void Differences(HtmlWriter html, string heading, IReadOnlyList<ServedDifference> rows)
    {
        if (rows.Count == 0)
            return;
        html.Element("h3", heading);
        html.Table($"{heading}: {rows.Count}", TableKind.Sortable, ["Guid", "Offline", "Served", "#Margin", "Text"],
            rows.Select(row => (Cell[])
            [
                new Cell(row.Guid), new Cell(row.Offline), new Cell(row.Served),
                new Cell(row.Margin.ToString("0.0e+0", System.Globalization.CultureInfo.InvariantCulture), row.Margin), new Cell(row.Text),
            ]));
    }
}
