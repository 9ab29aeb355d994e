using Dimec.Reporting.Html;

namespace Dimec.Reporting;

/// <summary>
/// Writes <c>report.html</c>: one file that asks the network for nothing (its own content security policy forbids it), reads on a phone and
/// on a desktop, dark and light, with tables that sort by a click and the data of every plot below it. The same inputs give the same bytes.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the report as UTF-8 without a byte-order mark.</summary>
    /// <param name="inputs">What it shows.</param>
    /// <param name="destination">Gets the report; it stays open.</param>
    /// <exception cref="ArgumentException">There is no evaluation.</exception>
    /// <exception cref="InputException">The evaluation lacks the plan's row or the cloud's.</exception>
    public static void Write(ReportInputs inputs, Stream destination)
    {
        Check(inputs);
        HtmlFrame.Write(destination, "run", inputs.Title, html => SummarySection.Write(html, inputs), html => Main(html, inputs));
    }

    /// <summary>Writes the report as text; the encoding must be UTF-8, which it declares.</summary>
    /// <param name="inputs">What it shows.</param>
    /// <param name="destination">Gets the report; it stays open.</param>
    /// <exception cref="ArgumentException">There is no evaluation.</exception>
    /// <exception cref="InputException">The evaluation lacks the plan's row or the cloud's.</exception>
    public static void Write(ReportInputs inputs, TextWriter destination)
    {
        Check(inputs);
        HtmlFrame.Write(destination, "run", inputs.Title, html => SummarySection.Write(html, inputs), html => Main(html, inputs));
    }

    private static void Check(ReportInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Evaluations.Count == 0)
            throw new ArgumentException("A report needs at least one evaluation.", nameof(inputs));
    }

    private static void Main(HtmlWriter html, ReportInputs inputs)
    {
        ResultSection.Write(html, inputs);
        if (inputs.DataMap is { } map)
            html.Section("map", "Data map", _ => DataMapSection.Write(html, map, "data-map.csv"));
        ServedSection.Write(html, inputs);
        TrainingSection.Write(html, inputs);
        ProvenanceSection.Write(html, inputs.Provenance, inputs.Plan);
    }
}
