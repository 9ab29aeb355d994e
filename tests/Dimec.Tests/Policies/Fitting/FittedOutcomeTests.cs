using CsCheck;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Tests.Policies.Fitting;

/// <summary>What searches say of their candidates, so that nobody has to run them.</summary>
public class FittedOutcomeTests
{
    private static readonly Gen<RecordedExits> s_parts = Published.SixLayersAndExitZero();

    public static TheoryData<string> Known => ["cascade", "splitee", "ceebert", "recserve", "ladder", "hybrid"];

    [Theory]
    [MemberData(nameof(Known))]
    public void It_is_what_running_the_candidate_gives(string policy) => s_parts.Sample(
        part =>
        {
            var fitting = new PolicyFitting(new SelectionPart(part), Published.Costs, new FittingOptions { GridLevels = 4 });
            var fitter = FitterList.Default.Find(policy, Published.Costs, "policy");
            foreach (var candidate in fitter.Candidates(fitting))
            {
                var run = PolicyRunner.Run(
                    fitter.CreateMeasured(candidate.Parameters, Published.Costs, part, Published.Costs), part, Published.Costs);
                var outcome = Assert.IsType<FittedOutcome>(candidate.Outcome);
                Assert.Equal(run.Right(part).Count(right => right), outcome.Right);
                Assert.Equal(run.MeanCost, outcome.Cost, 1e-9);
                Assert.Equal(Enumerable.Range(0, 3).Select(tier => run.Tiers.Count(answered => answered == tier)), outcome.Answered);
                Assert.Equal(
                    run.Exits.CountBy(exit => exit).OrderBy(exit => exit.Key),
                    outcome.AnsweredAt.Where(exit => exit.Value > 0).OrderBy(exit => exit.Key));
            }
        },
        iter: 15);
}
