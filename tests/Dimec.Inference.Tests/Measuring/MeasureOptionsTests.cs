using Dimec.Inference.Measuring;

namespace Dimec.Inference.Tests.Measuring;

public class MeasureOptionsTests
{
    [Fact]
    public void The_defaults_are_in_order() => Assert.Equal(0, Checked(new MeasureOptions()).Count);

    [Fact]
    public void Everything_wrong_is_reported_together() => Assert.Equal(
        4,
        Checked(new MeasureOptions { Rows = [1, 0], Lengths = [16, 33], Budget = TimeSpan.Zero, MaxRounds = 0 }).Count);

    private static InputErrors Checked(MeasureOptions options)
    {
        var errors = new InputErrors();
        options.Validate(maxLength: 32, errors);
        return errors;
    }
}
