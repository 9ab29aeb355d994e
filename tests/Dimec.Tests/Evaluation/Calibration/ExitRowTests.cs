using CsCheck;
using Dimec.Evaluation.Calibration;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Tests.Policies;

namespace Dimec.Tests.Evaluation.Calibration;

/// <summary>Exits alone and combined with exit 0, on a part that had no say in the weights.</summary>
public class ExitRowTests
{
    private static readonly Gen<RecordedExits> s_parts = Published.SixLayersAndExitZero();

    [Fact]
    public void The_combined_exit_is_the_stacked_cloud_of_an_evaluation() => Gen.Select(s_parts, s_parts).Sample((selection, dev) =>
    {
        var rows = ExitRow.Measure(dev, new SelectionPart(selection));
        var cloud = new Planner(new PlanRequest
        {
            Selection = new SelectionPart(selection),
            Costs = Published.Costs,
        }).PlanAll().OfType<PlanOutcome.Planned>().Single(outcome => outcome.Policy == "stacked-cloud").Plan;
        var run = PolicyRunner.Run(cloud.Factory.Create(cloud.Parameters, cloud.Costs), dev, cloud.Costs);
        var right = run.Right(dev);
        Assert.Equal(right.Count(isRight => isRight) / (double)dev.Count, rows[^1].StackedAccuracy);
        // ECE worked out by bins of the run's own confidences.
        var error = Enumerable.Range(0, dev.Count)
            .GroupBy(sample => Math.Clamp((int)Math.Ceiling((double)run.Confidences[sample] * 15) - 1, 0, 14))
            .Sum(bin => Math.Abs(bin.Sum(sample => (right[sample] ? 1 : 0) - (double)run.Confidences[sample]))) / dev.Count;
        Assert.Equal(error, rows[^1].StackedCalibrationError!.Value, 1e-6);
    });

    [Fact]
    public void Without_exit_zero_nothing_is_combined()
    {
        var part = Published.SixLayers().Single();
        Assert.All(ExitRow.Measure(part, new SelectionPart(part)), row =>
            Assert.Equal((null, null), (row.StackedAccuracy, row.StackedCalibrationError)));
    }
}
