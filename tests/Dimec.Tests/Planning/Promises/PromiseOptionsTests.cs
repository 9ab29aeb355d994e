using Dimec.Planning.Promises;

namespace Dimec.Tests.Planning.Promises;

public class PromiseOptionsTests
{
    [Fact]
    public void Everything_that_is_wrong_is_said_together()
    {
        var errors = new InputErrors();
        new PromiseOptions
        {
            Confidence = 1,
            MaxDrop = -0.1,
            MinAccuracy = 2,
            MaxCost = double.NaN,
            OverBudgetShare = 0,
            Loss = PromiseLoss.Wrong,
            Bound = "normal",
            Procedure = "luck",
            Scope = (PromiseScope)9,
        }.Validate(errors);
        Assert.Equal(9, errors.Count);
    }

    [Theory]
    [InlineData("exact", "takes no losses of −1")]
    [InlineData("betting", null)]
    public void Paired_losses_need_a_bound_that_takes_them(string bound, string? problem)
    {
        var errors = new InputErrors();
        new PromiseOptions { Loss = PromiseLoss.Paired, Bound = bound }.Validate(errors);
        Assert.Equal(problem is null ? 0 : 1, errors.Count);
        if (problem is not null)
            Assert.Contains(problem, Assert.Throws<InputException>(errors.ThrowIfAny).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_has_to_be_promised()
    {
        var errors = new InputErrors();
        new PromiseOptions { MaxDrop = null }.Validate(errors);
        Assert.Contains("say what is to be promised", Assert.Throws<InputException>(errors.ThrowIfAny).Message, StringComparison.Ordinal);
    }
}
