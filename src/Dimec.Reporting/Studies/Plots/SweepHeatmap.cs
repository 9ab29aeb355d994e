using Dimec.Costs;
using Dimec.Reporting.Drawing;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Plots;
using SkiaSharp;

namespace Dimec.Reporting.Studies;

/// <summary>Who wins where: a field for every cost structure, with the letter and colour of the policy that wins there.</summary>
internal sealed class SweepHeatmap
{
    private readonly CostStructure _costs;
    private readonly IReadOnlyList<SweepField> _fields;
    private readonly double[] _panels;
    private readonly double[] _across;
    private readonly double[] _up;
    private readonly WinnerStyles _styles;
    private readonly PanelGrid _grid;

    private SweepHeatmap(StudyDepths depths)
    {
        _costs = depths.Seeds.Costs;
        _fields = SweepField.All(depths);
        _panels = Values(place => place.Panel);
        _across = Values(place => place.Across);
        _up = Values(place => place.Up);
        _styles = new WinnerStyles([.. _fields.Select(field => field.Winner).Distinct()], _costs);
        _grid = new PanelGrid(_panels.Length, (235, 195), (3, 2));

        double[] Values(Func<SweepPlace, double> read) => [.. _fields.Select(field => read(field.Place)).Distinct().Order()];
    }

    public static ReportFigure Of(StudyDepths depths, string file)
    {
        var map = new SweepHeatmap(depths);
        var (sweeps, costs) = (depths.Sweeps, depths.Seeds.Costs);
        var (first, last) = (costs.Tiers[0].Name, costs.Tiers[^1].Name);
        var caption = PlotCaptions.FormatSweep(
            seeds: StudyNames.Seeds(sweeps.Count), first: first, last: last, part: sweeps[0].Part, n: Formatting.Count(sweeps[0].Count));
        return new ReportFigure(
            costs.Tiers.Count > 2
                ? PlotCaptions.FormatSweepDescriptionWithPanels(last: last, second: costs.Tiers[1].Name, winners: map.Winners())
                : PlotCaptions.FormatSweepDescription(last: last, winners: map.Winners()),
            costs.Tiers.Count > 3 ? $"{caption} {PlotCaptions.SweepOfManyTiers}" : caption,
            map._grid.Heights(((int)map.Room(wide: true), (int)map.Room(wide: false))), map.Draw, map.Data(depths, file));
    }

    /// <summary>Who wins in how many fields, the most often first.</summary>
    private string Winners() => string.Join(", ", _fields
        .GroupBy(field => field.Winner)
        .OrderByDescending(group => group.Count())
        .Select(group => $"{StudyNames.Policy(group.Key, _costs)} in {group.Count()} of {_fields.Count}"));

    /// <summary>What the legend takes.</summary>
    private float Room(bool wide)
    {
        var size = wide ? 13 : 11;
        return (Legend.Draw(null, new Box(6, 0, (wide ? Figure.Wide : Figure.Narrow) - 6, 0), size, _styles.Legend(_costs))
            * Legend.RowHeight(size)) + 8;
    }

    private void Draw(ICanvas canvas, Box box)
    {
        var narrow = box.Width < 480;
        var size = narrow ? 11 : 13;
        Legend.Draw(canvas, new Box(box.Left + 6, box.Top, box.Width - 6, 0), size, _styles.Legend(_costs));
        var below = box.Inset(0, Room(!narrow), 0, 0);
        for (var panel = 0; panel < _panels.Length; panel++)
            Panel(canvas, _grid.At(panel, below), _panels[panel], size, narrow);
    }

    private void Panel(ICanvas canvas, Box box, double value, float size, bool narrow)
    {
        var plot = box.Inset(50, 22, 6, 36);
        var (width, height) = (plot.Width / _across.Length, plot.Height / _up.Length);
        var small = new TextStyle(size - 2, Ink.Muted);
        canvas.Text(SweepPlace.PanelName(_costs, value), new SKPoint(plot.Left, box.Top + size), new TextStyle(size, Bold: true));
        foreach (var field in _fields.Where(field => field.Place.Panel == value))
        {
            var (column, row) = (Array.IndexOf(_across, field.Place.Across), Array.IndexOf(_up, field.Place.Up));
            var cell = new Box(plot.Left + (column * width), plot.Bottom - ((row + 1) * height), width - 1, height - 1);
            var (letter, ink) = _styles[field.Winner];
            canvas.Fill(cell, ink, 0.35f, hint: Hint(field));
            canvas.Text(
                $"{(field.Wins == field.Of ? letter : char.ToLowerInvariant(letter))}",
                new SKPoint(cell.Left + (cell.Width / 2), cell.Top + (cell.Height / 2) + (size * 0.36f)),
                new TextStyle(size - 1, Anchor: Anchor.Middle));
        }

        // On a phone every other value has room.
        var step = narrow && _across.Length > 3 ? 2 : 1;
        for (var column = 0; column < _across.Length; column += step)
        {
            canvas.Text(
                Short(_across[column]), new SKPoint(plot.Left + ((column + 0.5f) * width), plot.Bottom + size),
                small with { Anchor = Anchor.Middle });
        }

        for (var row = 0; row < _up.Length; row++)
        {
            canvas.Text(
                Short(_up[row]), new SKPoint(plot.Left - 4, plot.Bottom - ((row + 0.5f) * height) + (size * 0.35f)),
                small with { Anchor = Anchor.End });
        }

        canvas.Text(
            SweepPlace.AcrossName(_costs), new SKPoint(plot.Left + (plot.Width / 2), plot.Bottom + (2 * size) + 4),
            new TextStyle(size - 1, Anchor: Anchor.Middle));
        canvas.Text(
            $"o {_costs.Tiers[^1].Name} →", new SKPoint(box.Left + size + 2, plot.Top + (plot.Height / 2)),
            new TextStyle(size - 1, Anchor: Anchor.Middle, Upright: true));
    }

    private string Hint(SweepField field) => PlotCaptions.FormatSweepHint(
        winner: StudyNames.Policy(field.Winner, _costs), wins: field.Wins, structures: field.Of,
        saved: Formatting.Percent(field.Reduction), drop: Formatting.Points(field.Drop),
        paper: StudyVerdict.Paper, savedByPaper: Formatting.Percent(field.Pools));

    private PlotData Data(StudyDepths depths, string file)
    {
        string[] heading =
        [
            .. _costs.Tiers.Select(tier => $"lambda_{tier.Name}"),
            .. _costs.Tiers.Select(tier => $"o_{tier.Name}"),
            "seed_place",
            "winner",
            "reduction",
            "drop",
            $"{StudyVerdict.Paper}_reduction",
            $"{StudyVerdict.Paper}_drop",
        ];
        return PlotData.Of(file, heading, depths.Sweeps.SelectMany((sweep, seed) => sweep.Rows.Select(row =>
        {
            var winner = row.Cells.First(cell => cell.Policy == row.Winner);
            var pools = row.Cells.FirstOrDefault(cell => cell.Policy == StudyVerdict.Paper);
            return (string[])
            [
                .. row.Costs.Tiers.Select(tier => Formatting.Exact(Math.Round(tier.Layer, 6))),
                .. row.Costs.Tiers.Select(tier => Formatting.Exact(Math.Round(tier.Offload, 6))), Formatting.Exact(seed + 1), row.Winner,
                .. ((double[])[winner.Reduction, winner.Drop, pools.Reduction, pools.Drop]).Select(value =>
                    Formatting.Exact(Math.Round(value, 6))),
            ];
        })));
    }

    private static string Short(double value) => Formatting.Number(value, value >= 9.95 ? 0 : value >= 0.995 ? 1 : 2);
}
