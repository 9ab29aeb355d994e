using CsCheck;
using Dimec.Predictions;

namespace Dimec.Tests.Predictions;

/// <summary>
/// A part's type takes the part of its name and no other: nobody chooses on what is reported, nor tests a promise on what it was chosen on.
/// </summary>
public class PartTests
{
    [Theory]
    [InlineData(PartNames.Train)]
    [InlineData(PartNames.Selection)]
    [InlineData(PartNames.Dev)]
    public void Promises_are_tested_on_the_calibration_part_alone(string part)
    {
        var error = TextFiles.Error(() => _ = new CalibrationPart(RandomExits.Gen(part).Single()));
        Assert.Equal($"predictions/{part}.jsonl", error.Where);
        Assert.Contains("no promise may be tested", error.Problem, StringComparison.Ordinal);
        var calibration = RandomExits.Gen(PartNames.Calibration).Single();
        Assert.Same(calibration, new CalibrationPart(calibration).Exits);
    }

    [Fact]
    public void Nothing_is_chosen_on_the_calibration_part()
    {
        var calibration = RandomExits.Gen(PartNames.Calibration).Single();
        Assert.Contains(
            "nothing may be chosen", TextFiles.Error(() => _ = new SelectionPart(calibration)).Problem, StringComparison.Ordinal);
        Assert.Contains("no pools may be made", TextFiles.Error(() => _ = new TrainPart(calibration)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_promise_is_tested_on_samples_that_all_have_labels_or_none()
    {
        var builder = new RecordedExitsBuilder(PartNames.Calibration, [2, 4], 2, 0);
        builder.Add("a", -1, [1, 0, 1, 0], []);
        Assert.False(new CalibrationPart(builder.Build()).IsLabelled);
        builder.Add("b", 1, [1, 0, 1, 0], []);
        var error = TextFiles.Error(() => _ = new CalibrationPart(builder.Build()));
        Assert.Contains("1 of 2 samples without a gold class", error.Problem, StringComparison.Ordinal);
    }
}
