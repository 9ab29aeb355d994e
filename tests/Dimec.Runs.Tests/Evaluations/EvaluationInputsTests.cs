using Dimec.Runs.Evaluations;
using Dimec.Runs.Plans;

namespace Dimec.Runs.Tests.Evaluations;

/// <summary>What may be reported: parts on which nothing was chosen.</summary>
public sealed class EvaluationInputsTests : IDisposable
{
    private readonly PredictedRun _made = new();

    public void Dispose() => _made.Dispose();

    [Theory]
    [InlineData("selection", "Part selection: is the part that choices are made on; report another part, e.g. dev.")]
    [InlineData("test", "Part test: is no part; use one of dev, calibration, train.")]
    public void A_part_that_is_not_to_be_reported_is_refused(string part, string message) =>
        Assert.Equal(message, Assert.Throws<InputException>(() => Read(part)).Message);

    [Fact]
    public void A_part_that_the_run_lacks_is_named_by_its_file() => Assert.Equal(
        [Path.Combine(_made.Path, "predictions", "calibration.jsonl")],
        Assert.Throws<InputException>(() => Read("calibration")).Errors.Select(error => error.Where));

    [Fact]
    public void The_train_part_comes_with_what_routes_its_samples() => Assert.Equal(3, Read("train").Reported.EmbeddingSize);

    private EvaluationInputs Read(string part) =>
        EvaluationInputs.Read(RunFolder.Open(_made.Path), given: null, costs: null, part, PlanChoices.Default);
}
