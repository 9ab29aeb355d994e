namespace Dimec.Reporting.Html;

/// <summary>Every exit as trained and as exported in fewer bits.</summary>
internal static class ExportedExitsSection
{
    public static void Write(HtmlWriter html, ExportedSummary exported)
    {
        var precision = ChoiceNames.Of(exported.Bundle.Precision);
        html.Element("h3", $"Exits as exported in {precision}");
        html.Table(
            ReportSentences.FormatExportedExitsCaption(
                part: exported.Part, n: Formatting.Count(exported.Count), precision: precision,
                bundle: exported.Bundle.Bundle[..Math.Min(12, exported.Bundle.Bundle.Length)],
                processor: ChoiceNames.Of(exported.Bundle.Processor)),
            TableKind.Plain, ["Exit", "#Accuracy|as trained", $"#Accuracy|in {precision}", "#Difference|points [95 %]", "#Labels|equal"],
            exported.Exits.Select(exit => (Cell[])
            [
                new Cell($"layer {exit.Exit}"), new Cell(Formatting.Percent(exit.Trained)), new Cell(Formatting.Percent(exit.Exported)),
                new Cell(Formatting.SignedPoints(exit.Difference.Value))
                {
                    Second = Formatting.Interval(exit.Difference.Interval.Lower, exit.Difference.Interval.Upper),
                },
                new Cell(Formatting.Percent(exit.Equal)),
            ]));
    }
}
