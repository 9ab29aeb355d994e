using Dimec.Evaluation.Calibration;
using Dimec.Reporting.Drawing;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Plots;

namespace Dimec.Reporting.Studies;

/// <summary>How far the tiers' confidences can be believed, before and after the temperature; the answers of all seeds together.</summary>
internal static class ReliabilityFigure
{
    private static readonly (Shape, Ink, string)[] s_legend =
    [
        (Shape.Circle, Palette.Series(1), "as trained"),
        (Shape.Diamond, Palette.Series(0), "with the temperature"),
    ];

    public static ReportFigure Of(StudyDepths depths, string file)
    {
        var seeds = depths.Seeds;
        var exits = seeds.Costs.Tiers
            .Select(tier => (tier.Name, tier.Depth))
            .Where(tier => depths.Runs[0].Exits.Any(exit => exit.Exit == tier.Depth))
            .ToArray();
        CurvePanel[] panels = [.. exits.Select(tier => Panel(depths, tier.Name, tier.Depth))];
        var grid = new PanelGrid(panels.Length, (270, 225), (3, 2));
        return new ReportFigure(
            PlotCaptions.FormatReliabilityDescription(exits: string.Join(", ", exits.Select(tier => tier.Depth)), part: seeds.Part),
            PlotCaptions.FormatReliability(part: seeds.Part, n: Formatting.Count(seeds.Samples), seeds: StudyNames.Seeds(seeds.Seeds)),
            grid.Heights((26, 26)), (canvas, box) =>
            {
                var size = box.Width < 480 ? 11 : 13;
                Legend.Draw(canvas, new Box(box.Left + 46, box.Top, box.Width - 56, 0), size, s_legend);
                var below = box.Inset(0, 26, 0, 0);
                for (var i = 0; i < panels.Length; i++)
                    panels[i].Draw(canvas, grid.At(i, below), size);
            },
            PlotData.Of(
                file, ["exit", "temperature", "from", "to", "answers", "confidence", "accuracy"],
                depths.Runs[0].Exits.SelectMany(exit => Rows(depths, exit.Exit))));
    }

    private static CurvePanel Panel(StudyDepths depths, string tier, int exit) => new(
        $"{tier} (exit {exit})", "confidence →", "right →", (0, 1), (0, 1),
        [
            new Curve(
                "before", Palette.Series(1), Shape.Circle, Points(Bins(depths, exit, calibration => calibration.Before)), Dashed: true,
                Marked: true),
            new Curve(
                "after", Palette.Series(0), Shape.Diamond, Points(Bins(depths, exit, calibration => calibration.After)), Marked: true),
        ], Diagonal: true);

    private static IReadOnlyList<(double X, double Y)> Points(IEnumerable<ReliabilityBin> bins) =>
        [.. bins.Where(bin => bin.Count > 0).Select(bin => (bin.Confidence, bin.Accuracy))];

    private static IEnumerable<string[]> Rows(StudyDepths depths, int exit) =>
        Bins(depths, exit, calibration => calibration.Before).Select(bin => Row("before", bin))
            .Concat(Bins(depths, exit, calibration => calibration.After).Select(bin => Row("after", bin)))
            .Select(row => (string[])[Formatting.Exact(exit), .. row]);

    private static string[] Row(string when, ReliabilityBin bin) =>
        [
            when,
            Formatting.Exact(bin.From),
            Formatting.Exact(bin.To),
            Formatting.Exact(bin.Count),
            .. bin.Count == 0 ? ["", ""] : (string[])[Formatting.Exact(bin.Confidence), Formatting.Exact(bin.Accuracy)],
        ];

    /// <summary>The bins of all seeds, each with the answers of all of them.</summary>
    private static ReliabilityBin[] Bins(StudyDepths depths, int exit, Func<ExitCalibration, ReliabilityCurve> read)
    {
        ReliabilityCurve[] curves = [.. depths.Runs
            .SelectMany(run => run.Exits)
            .Where(measure => measure.Exit == exit)
            .Select(measure => read(measure.Calibration))];
        return
        [
            .. curves[0].Bins.Select((bin, place) =>
            {
                ReliabilityBin[] same = [.. curves.Select(curve => curve.Bins[place])];
                var count = same.Sum(one => one.Count);
                return bin with
                {
                    Count = count,
                    Confidence = Mean(same, count, one => one.Confidence),
                    Accuracy = Mean(same, count, one => one.Accuracy),
                };
            }),
        ];
    }

    private static double Mean(ReliabilityBin[] bins, int count, Func<ReliabilityBin, double> read) =>
        count == 0 ? 0 : bins.Sum(bin => bin.Count * read(bin)) / count;
}
