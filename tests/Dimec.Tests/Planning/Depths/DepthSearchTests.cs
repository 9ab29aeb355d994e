using CsCheck;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Planning.Depths;
using Dimec.Predictions;
using Dimec.Tests.Policies;

namespace Dimec.Tests.Planning.Depths;

/// <summary>The cheapest plan over all sets of depths.</summary>
public class DepthSearchTests
{
    private static readonly CostStructure s_costs =
        new("ms", [new("mobile", 1, 2, 0), new("edge", 2, 1, 1.5), new("cloud", 6, 0.5, 4)], []);

    [Fact]
    public void It_is_the_cheapest_of_plans_made_one_by_one() => Gen.Select(Parts(), Gen.Int[0, 2]).Sample(
        (part, place) =>
        {
            var policy = new[] { "ladder", "cascade", "any" }[place];
            var request = Request(part);
            var search = DepthSearch.Of(request, policy);
            Assert.Equal(10, search.Tried.Count);
            Assert.Equal(10, search.Tried.Select(choice => string.Join(',', choice.Depths)).Distinct().Count());
            var least = double.PositiveInfinity;
            for (var mobile = 1; mobile < 5; mobile++)
            {
                for (var edge = mobile + 1; edge < 6; edge++)
                {
                    var costs = new CostStructure(
                        "ms", [new("mobile", mobile, 2, 0), new("edge", edge, 1, 1.5), new("cloud", 6, 0.5, 4)], []);
                    if (new Planner(request with { Costs = costs }).Plan(policy) is PlanOutcome.Planned planned)
                        least = Math.Min(least, planned.Plan.Expected.Cost);
                }
            }

            var best = Assert.IsType<PlanOutcome.Planned>(search.Best.Outcome).Plan;
            Assert.Equal(least, best.Expected.Cost);
            Assert.Equal(search.Best.Depths, best.Costs.Tiers.Select(tier => tier.Depth));
            Assert.StartsWith("The depths were chosen on the selection part among 10: mobile ", best.Notes[0], StringComparison.Ordinal);
            // Of equally cheap ones none has fewer layers.
            Assert.DoesNotContain(search.Tried, other => other.Outcome is PlanOutcome.Planned one
                && (one.Plan.Expected.Cost, one.Plan.Expected.Drop) == (best.Expected.Cost, best.Expected.Drop)
                && other.Depths.Sum() < search.Best.Depths.Sum());
        },
        iter: 6);

    [Fact]
    public void Where_exit_zero_is_right_of_all_no_layer_runs_on_the_first_tier()
    {
        var part = Published.SixLayers().Where(made => made.Count > 5).Single();
        var zero = Enumerable.Range(0, part.Count).SelectMany(sample =>
            Enumerable.Range(0, part.Classes).Select(label => label == part.Gold[sample] ? 5f : 0)).ToArray();
        var best = Assert.IsType<PlanOutcome.Planned>(DepthSearch.Of(Request(part.WithExitZero(zero)), "ladder").Best.Outcome).Plan;
        Assert.Equal(0, best.Expected.Cost);
        Assert.Equal([1, 2, 6], best.Costs.Tiers.Select(tier => tier.Depth));
        Assert.Contains(best.Notes, note => note.StartsWith("No layer is ever run on mobile", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_nothing_keeps_the_drop_it_says_why()
    {
        // Where the cloud has one right, nothing is better by all samples.
        var part = Parts().Where(made => made.Right(made.Exits.Count - 1).Any(right => right)).Single();
        var search = DepthSearch.Of(Request(part) with { Options = new PlanningOptions { MaxDrop = -1 } }, "cascade");
        Assert.Contains("keeps the drop", Assert.IsType<PlanOutcome.NotPossible>(search.Best.Outcome).Reason);
    }

    [Fact]
    public void Fewer_exits_than_tiers_are_refused()
    {
        var part = Published.Exits([4, 6], (0, 0.9), (0, 0.9)).Subset("selection", [0]);
        var error = TextFiles.Error(() => DepthSearch.Of(Request(part), "cascade"));
        Assert.Equal("has 1 exits before layer 6, where 2 tiers need one each", error.Problem);
    }

    private static PlanRequest Request(RecordedExits part) => new()
    {
        Selection = new SelectionPart(part),
        Costs = s_costs,
        Options = new PlanningOptions { MaxDrop = 0.05, GridLevels = 4 },
    };

    private static Gen<RecordedExits> Parts() => Published.SixLayersAndExitZero();
}
