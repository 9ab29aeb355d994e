using Dimec.Reporting.Drawing;
using Dimec.Reporting.Html;
using Dimec.Reporting.Studies.Plots;
using Dimec.Studies.Measures;

namespace Dimec.Reporting.Studies;

/// <summary>The bandits' regret as it grows with the samples, the mean over the seeds.</summary>
internal static class RegretCurves
{
    private static readonly Shape[] s_shapes = [Shape.Circle, Shape.Diamond, Shape.Triangle, Shape.Square];

    /// <summary>The bandits that were planned in any seed.</summary>
    public static IReadOnlyList<string> Policies(StudyDepths depths) =>
        [.. depths.Runs.SelectMany(run => run.Regrets).Select(curve => curve.Policy).Distinct()];

    public static ReportFigure Of(StudyDepths depths, string file)
    {
        var policies = Policies(depths);
        Curve[] curves = [.. policies.Select((policy, i) =>
            new Curve(policy, Palette.Series(i), s_shapes[i % s_shapes.Length], Mean(depths, policy), Dashed: i % 2 == 1))];
        var points = curves.SelectMany(curve => curve.Points).ToArray();
        var panel = new CurvePanel(
            "", "samples seen →", "cumulative regret →", (0, points.Max(point => point.X)),
            Axis.Pad(Math.Min(0, points.Min(point => point.Y)), points.Max(point => point.Y), 0.03, 1), curves);
        (Shape, Ink, string)[] legend = [.. curves.Select(curve => (curve.Shape, curve.Ink, curve.Name))];
        var seeds = depths.Seeds;
        return new ReportFigure(
            PlotCaptions.FormatRegretDescription(policies: string.Join(" and ", policies), part: seeds.Part),
            PlotCaptions.FormatRegret(
                n: Formatting.Count(seeds.Samples), part: seeds.Part, orders: depths.Runs.SelectMany(run => run.Regrets).First().Orders,
                seeds: StudyNames.Seeds(seeds.Seeds)),
            (330, 300), (canvas, box) =>
            {
                var size = box.Width < 480 ? 12 : 13;
                Legend.Draw(canvas, new Box(box.Left + 46, box.Top, box.Width - 56, 0), size, legend);
                panel.Draw(canvas, box.Inset(0, 24, 0, 0), size);
            },
            PlotData.Of(
                file, ["policy", "seed_place", "samples", "regret"],
                depths.Runs.SelectMany((run, seed) => run.Regrets.SelectMany(curve => curve.Samples.Zip(curve.Regret, (samples, regret) =>
                    (string[])[curve.Policy, Formatting.Exact(seed + 1), Formatting.Exact(samples), Formatting.Exact(regret)])))));
    }

    private static IReadOnlyList<(double X, double Y)> Mean(StudyDepths depths, string policy)
    {
        RegretCurve[] curves = [.. depths.Runs.SelectMany(run => run.Regrets).Where(curve => curve.Policy == policy)];
        // All seeds are reported on the same samples and so read at the same places.
        return [(0, 0), .. curves[0].Samples.Select((samples, place) => ((double)samples, curves.Average(curve => curve.Regret[place])))];
    }
}
