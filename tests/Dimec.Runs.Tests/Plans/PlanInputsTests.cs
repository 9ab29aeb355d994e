using Dimec.Planning;
using Dimec.Runs.Plans;

namespace Dimec.Runs.Tests.Plans;

/// <summary>What a call that plans one policy is made from.</summary>
public sealed class PlanInputsTests : IDisposable
{
    private readonly PredictedRun _made = new();

    public void Dispose() => _made.Dispose();

    [Fact]
    public void A_policy_that_there_is_not_is_named_with_those_that_there_are()
    {
        var wrong = Assert.Throws<InputException>(() => Run.Open(_made.Path).Plan("none"));
        var error = Assert.Single(wrong.Errors);
        Assert.Equal(("Policy", "'none' is no policy"), (error.Where, error.Problem));
        Assert.EndsWith(", or any for the cheapest that can be served", error.Fix, StringComparison.Ordinal);
        Assert.IsType<PlanOutcome.Planned>(
            Run.Open(_made.Path).Plan("any", choices: new PlanChoices(new PlanningOptions { MaxDrop = 1 }, new())));
    }

    [Fact]
    public void The_calls_own_mistakes_come_with_those_of_the_run()
    {
        var wrong = Assert.Throws<InputException>(() => PlanInputs.ReadFor("none", _made.File("nowhere"), costs: null, errors =>
        {
            errors.Add("a choice", "is wrong", "choose another");
            return PlanChoices.Default;
        }));
        Assert.Equal(["a choice", _made.File("nowhere")], wrong.Errors.Select(error => error.Where));
    }
}
