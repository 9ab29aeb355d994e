using System.Globalization;
using Dimec.Reporting.Drawing;
using SkiaSharp;

namespace Dimec.Costs.Bench;

/// <summary>Draws who wins over link speed and phone speed.</summary>
internal static class MapPicture
{
    private const int Width = 860;
    private const int Height = 520;
    private const float Size = 13;

    private static readonly (Ways Way, Ink Ink, string Text)[] s_ways =
    [
        (Ways.PhoneAlone, Ink.Tier0, "the phone alone"),
        (Ways.ExitZeroThenText, Ink.Level1, "exit 0 alone on the phone, then the text"),
        (Ways.LayersThenText, Ink.Series1, "layers on the phone, then the text again"),
        (Ways.LayersThenStates, Ink.Series0, "layers on the phone, then their hidden states"),
        (Ways.TextAtOnce, Ink.Tier2, "the text at once"),
        (Ways.None, Ink.Grid, "no plan keeps the drop"),
    ];

    public static void Write(string path, string title, double[] kilobits, double[] slower, Ways[,] ways, double[,] saved)
    {
        using var canvas = new PngCanvas(Width, Height, 2);
        canvas.Fill(new Box(0, 0, Width, Height), Ink.Background);
        canvas.Text(title, new SKPoint(16, 24), new TextStyle(15, Bold: true));
        var used = s_ways.Where(way => ways.Cast<Ways>().Contains(way.Way)).ToArray();
        var rows = Legend.Draw(
            canvas, new Box(16, 38, Width - 32, 0), Size, [.. used.Select(way => (Shape.Square, way.Ink, way.Text))]);
        var plot = new Box(0, 0, Width, Height).Inset(120, 48 + (rows * Legend.RowHeight(Size)), 20, 56);
        var (wide, high) = (plot.Width / kilobits.Length, plot.Height / slower.Length);
        for (var column = 0; column < kilobits.Length; column++)
        {
            for (var row = 0; row < slower.Length; row++)
            {
                var cell = new Box(plot.Left + (column * wide), plot.Bottom - ((row + 1) * high), wide - 1, high - 1);
                canvas.Fill(cell, s_ways.First(way => way.Way == ways[column, row]).Ink, 0.45f);
                canvas.Text(
                    saved[column, row].ToString("0 %", CultureInfo.InvariantCulture),
                    new SKPoint(cell.Left + (cell.Width / 2), cell.Top + (cell.Height / 2) + 4), new TextStyle(10, Anchor: Anchor.Middle));
            }

            canvas.Text(
                Short(kilobits[column] / 1000), new SKPoint(plot.Left + ((column + 0.5f) * wide), plot.Bottom + 16),
                new TextStyle(11, Ink.Muted, Anchor.Middle));
        }

        for (var row = 0; row < slower.Length; row++)
        {
            canvas.Text(
                $"{Short(slower[row])} ×", new SKPoint(plot.Left - 6, plot.Bottom - ((row + 0.5f) * high) + 4),
                new TextStyle(11, Ink.Muted, Anchor.End));
        }

        canvas.Text(
            "the phone's link, Mbit/s →", new SKPoint(plot.Left + (plot.Width / 2), Height - 16),
            new TextStyle(Size, Anchor: Anchor.Middle));
        canvas.Text(
            "the phone takes so many times as long →", new SKPoint(40, plot.Top + (plot.Height / 2)),
            new TextStyle(Size, Anchor: Anchor.Middle, Upright: true));
        using var file = File.Create(path);
        canvas.Write(file);
    }

    private static string Short(double value) => value.ToString(value < 0.1 ? "0.##" : "0.#", CultureInfo.InvariantCulture);
}
