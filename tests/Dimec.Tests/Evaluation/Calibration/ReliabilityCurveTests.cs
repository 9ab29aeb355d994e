using CsCheck;
using Dimec.Evaluation.Calibration;
using Dimec.Predictions;

namespace Dimec.Tests.Evaluation.Calibration;

public class ReliabilityCurveTests
{
    [Fact]
    public void A_hand_worked_curve()
    {
        // Three answers at 0.75 of which two are right, one at 0.55 that is wrong: ECE = (3 · |2/3 − 0.75| + 1 · |0 − 0.55|) / 4 = 0.2.
        var part = RandomExits.Worked("dev", Sample(true, 0.75), Sample(true, 0.75), Sample(false, 0.75), Sample(false, 0.55));
        var curve = ReliabilityCurve.Of(part, 0, bins: 10);
        Assert.Equal(0.2, curve.Error, 1e-6);
        Assert.Equal((3, 1, 4), (curve.Bins[7].Count, curve.Bins[5].Count, curve.Count));
        Assert.Equal(2 / 3.0, curve.Bins[7].Accuracy, 1e-12);
        Assert.Equal(0.75, curve.Bins[7].Confidence, 1e-6);
        Assert.Equal(0, curve.Bins[0].Count);
    }

    [Fact]
    public void The_bins_hold_every_answer_and_the_error_is_a_share() => RandomExits.Gen().Sample(part =>
    {
        var curve = ReliabilityCurve.Of(part, 1);
        Assert.Equal(part.Count, curve.Bins.Sum(bin => bin.Count));
        Assert.InRange(curve.Error, 0, 1);
        Assert.All(curve.Bins.Where(bin => bin.Count > 0), bin => Assert.InRange(bin.Confidence, bin.From - 1e-6, bin.To + 1e-6));
    });

    [Fact]
    public void A_temperature_moves_confidences_and_no_answer()
    {
        // Right in 6 of 10 at a confidence of 0.9: the fitted temperature brings the confidence to 0.6.
        var samples = Enumerable.Range(0, 10).Select(i => Sample(i < 6, 0.9)).ToArray();
        var measured = ExitCalibration.Measure(
            RandomExits.Worked("dev", samples), new SelectionPart(RandomExits.Worked("selection", samples)));
        Assert.Equal([2, 4, 6], measured.Select(exit => exit.Exit));
        Assert.Equal(0.3, measured[0].Before.Error, 1e-5);
        Assert.True(measured[0].After.Error < 0.01);
        Assert.True(measured[0].Temperature > 1);
    }

    private static (int Gold, (bool Right, double Confidence)[] Exits) Sample(bool right, double confidence) =>
        (0, [(right, confidence), (right, confidence), (right, confidence)]);
}
