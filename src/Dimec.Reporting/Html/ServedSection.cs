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
        html.Prose("p", Verdict(served), ("class", served.Holds ? "gain" : "note"));
        html.Prose("p", ReportSentences.FormatServedTime(seconds: Formatting.Number(served.Seconds, 1)));
        html.Table(
            ReportSentences.FormatServedTiersCaption(n: Formatting.Count(served.Samples)), TableKind.Plain,
            ["Tier", "Where", "#Answered", "#Share"], served.Tiers.Select(tier => (Cell[])
            [
                new Cell(tier.Name), new Cell(tier.Where), Cell.Of(tier.Answered),
                new Cell(Formatting.Percent(served.Samples == 0 ? double.NaN : (double)tier.Answered / served.Samples)),
            ]));
        Examples(html, served.Examples);
        Differences(html, "Differences", served.Differences);
        Differences(html, ReportSentences.NearTies, served.NearTies);
    }

    private static string Verdict(ServedCheck served)
    {
        var (n, nearTies) = (Formatting.Count(served.Samples), served.NearTies.Count);
        return (served.Holds, nearTies) switch
        {
            (true, 0) => ReportSentences.FormatServedHolds(n: n),
            (true, 1) => ReportSentences.FormatServedHoldsButNearTie(n: n, nearTies: nearTies),
            (true, _) => ReportSentences.FormatServedHoldsButNearTies(n: n, nearTies: nearTies),
            _ => ReportSentences.FormatServedDiffers(different: Formatting.Count(served.Samples - served.Equal - nearTies), n: n),
        };
    }

    private static void Examples(HtmlWriter html, IReadOnlyList<ServedExample> examples)
    {
        if (examples.Count == 0)
            return;
        html.Table(
            ReportSentences.ServedExamplesCaption, TableKind.Plain, ["Answered at", "Text", "Answer", "#Sure", "Truth"],
            examples.Select(example => (Cell[])
            [
                new Cell(example.Place), new Cell(example.Text), new Cell(example.Answer),
                new Cell(Formatting.Percent(example.Confidence, 0)),
                new Cell(example.Answer == example.Truth ? "" : example.Truth),
            ]));
    }

    private static void Differences(HtmlWriter html, string heading, IReadOnlyList<ServedDifference> rows)
    {
        if (rows.Count == 0)
            return;
        html.Element("h3", heading);
        html.Table($"{heading}: {rows.Count}", TableKind.Sortable, ["Guid", "Offline", "Served", "Text"],
            rows.Select(row => (Cell[])[new Cell(row.Guid), new Cell(row.Offline), new Cell(row.Served), new Cell(row.Text)]));
    }
}
