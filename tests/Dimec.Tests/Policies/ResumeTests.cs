using CsCheck;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Tests.Policies;

/// <summary>Steps that go on from a hidden state, and exit 0 before all of them.</summary>
public class ResumeTests
{
    [Fact]
    public void What_is_resumed_pays_each_layer_once() => Published.SixLayers().Sample(part =>
    {
        var run = Run(part, PolicyStep.RunOn(0), PolicyStep.Resume(1, 4), PolicyStep.Resume(2, 6));
        Assert.All(run.Costs, cost => Assert.Equal(9, cost));
        Assert.Equal(9, run.MeanCost);
        Assert.Equal(14, Run(part, PolicyStep.RunOn(0), PolicyStep.Resume(1, 3), PolicyStep.RunOn(1, 4), PolicyStep.RunOn(2)).MeanCost);
        Assert.Equal(10, Run(part, PolicyStep.RunOn(0), PolicyStep.Resume(1, 4), PolicyStep.Resume(2, 6, carried: true)).MeanCost);
        Assert.Equal(9, Run(part, PolicyStep.RunOn(0, 1), PolicyStep.Resume(0, 2), PolicyStep.Resume(2, 6)).MeanCost);
    });

    [Fact]
    public void Exit_0_costs_nothing_and_has_no_state_to_go_on_from()
    {
        var part = Published.EachLayer(0, 0, 0, 0, 0, 1).WithExitZero([2, 1]);
        var alone = PolicyRunner.Run(new Steps(exitZero: true), part, Published.Costs);
        Assert.Equal((0, 0, 0), (alone.MeanCost, alone.Tiers[0], alone.Labels[0]));
        Assert.Equal(Softmax.Confidence([2, 1]), alone.Confidences[0]);
        var after = PolicyRunner.Run(new Steps(exitZero: true, PolicyStep.Resume(2, 6)), part, Published.Costs);
        Assert.Equal((9, 2, 1), (after.MeanCost, after.Tiers[0], after.Labels[0]));
    }

    [Fact]
    public void A_policy_that_asks_for_exit_0_gets_it_or_a_sentence()
    {
        var part = Published.EachLayer(0, 0, 0, 0, 0, 0);
        var error = TextFiles.Error(() => PolicyRunner.Run(new Steps(exitZero: true), part, Published.Costs));
        Assert.Equal(("predictions/dev.jsonl", "has no exit 0, at which the plan looks first"), (error.Where, error.Problem));
    }

    [Fact]
    public void A_resume_to_a_layer_that_was_run_is_a_fault() => Assert.Throws<InvalidOperationException>(
        () => Run(Published.EachLayer(0, 0, 0, 0, 0, 0), PolicyStep.RunOn(0), PolicyStep.Resume(1, 2)));

    private static PolicyRun Run(RecordedExits part, params PolicyStep[] steps) =>
        PolicyRunner.Run(new Steps(exitZero: false, steps), part, Published.Costs);

    private sealed class Steps(bool exitZero, params PolicyStep[] steps) : IPolicy
    {
        public PolicyNeeds Needs { get; } = new() { ExitZero = exitZero };

        public PolicyStep Next(in PolicyState state) =>
            state.Visits.Length - (exitZero ? 1 : 0) is var taken && taken < steps.Length ? steps[taken] : PolicyStep.Answer;
    }
}
