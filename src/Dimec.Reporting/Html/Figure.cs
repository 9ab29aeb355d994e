using Dimec.Reporting.Drawing;

namespace Dimec.Reporting.Html;

/// <summary>A plot in two shapes, of which the page shows the one that fits, with its data below it.</summary>
internal static class Figure
{
    /// <summary>The width of the shape for a desktop, in pixels.</summary>
    public const int Wide = 760;

    /// <summary>The width of the shape for a phone, in pixels.</summary>
    public const int Narrow = 360;

    public static void Write(HtmlWriter html, ReportFigure figure) =>
        Write(html, figure.Label, figure.Caption, figure.Heights, figure.Draw, figure.Data);

    public static void Write(
        HtmlWriter html, string label, string caption, (int Wide, int Narrow) heights, Action<ICanvas, Box> draw, PlotData data)
    {
        html.Open("figure");
        Shape(html, label, Wide, heights.Wide, "wide", draw);
        Shape(html, label, Narrow, heights.Narrow, "narrow", draw);
        html.Prose("figcaption", caption);
        html.Close();
        html.Open("details");
        html.Prose("summary", ReportSentences.FormatPlotData(rows: Formatting.Count(data.Rows)));
        if (data.Note is { } note)
            html.Prose("p", note);
        html.Element("pre", data.Csv, ("class", "csv"), ("data-file", data.File), ("tabindex", "0"));
        html.Close();
    }

    private static void Shape(HtmlWriter html, string label, int width, int height, string cssClass, Action<ICanvas, Box> draw) =>
        SvgCanvas.WriteInline(html.Xml, width, height, label, cssClass, canvas => draw(canvas, new Box(0, 0, width, height)));
}
