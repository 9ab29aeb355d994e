using System.Text.Json;
using CsCheck;
using Dimec.Costs;
using Dimec.Evaluation.Routers;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Tests.Evaluation.Routers;

public class RouterAurocTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);

    [Fact]
    public void A_cascade_is_judged_by_each_tiers_own_confidence() => RandomExits.Gen("dev").Sample(part =>
    {
        var areas = RouterAuroc.Measure([Plan("cascade", """{"thresholds":{"mobile":0.5,"edge":0.5}}""")], part, s_costs);
        Assert.Equal(["mobile", "edge"], areas.Select(area => area.Tier));
        for (var exit = 0; exit < 2; exit++)
        {
            double[] confidence = [.. Enumerable.Range(0, part.Count).Select(i => (double)Softmax.Confidence(part.Logits(i, exit)))];
            bool[] right = [.. Enumerable.Range(0, part.Count).Select(i => Softmax.ArgMax(part.Logits(i, exit)) == part.Gold[i])];
            Assert.Equal(Auroc.Of(confidence, right), areas[exit].Auroc);
        }
    });

    [Fact]
    public void Pools_are_judged_by_how_much_nearer_their_centroid_is()
    {
        // The mobile is right near (0, 0) and wrong near (10, 0), which is the cloud's: a perfect router.
        var builder = new RecordedExitsBuilder("dev", [2, 4, 6], 2, 2);
        foreach (var (i, (embedding, right)) in new (
            float[], bool)[] { ([0, 1], true), ([9, 0], false), ([2, 0], true), ([11, 3], false) }.Index())
        {
            builder.Add($"{i}", right ? 0 : 1, [1, 0, 1, 0, 1, 0], embedding);
        }

        var areas = RouterAuroc.Measure([Plan("pools", Pools("""{"mobile":[0,0],"cloud":[10,0]}"""))], builder.Build(), s_costs);
        var mobile = Assert.Single(areas);
        Assert.Equal(("mobile", 1.0), (mobile.Tier, mobile.Auroc!.Value));
    }

    [Fact]
    public void One_who_has_no_opinion_has_no_entry() =>
        Assert.Empty(RouterAuroc.Measure([Plan("edge", "{}")], RandomExits.Gen("dev").Single(), s_costs));

    [Fact]
    public void A_tier_that_is_always_right_has_no_curve()
    {
        var part = RandomExits.Worked("dev", (0, [(true, 0.9), (true, 0.9), (true, 0.9)]), (1, [(true, 0.8), (true, 0.9), (true, 0.9)]));
        Assert.All(RouterAuroc.Measure([Plan("entropy", """{"entropy":0.5}""")], part, s_costs), area => Assert.Null(area.Auroc));
    }

    private static string Pools(string centroids) => $$"""
        {"alpha":0.5,"betas":[0.1],"rewardWeight":0,"hard":"low-confidence","embedding":"none","reward":"confidence","routing":"centroids",
         "gridLevels":20,"fitTemperatures":true,"metrics":{"own":false,"exits":[6],"includeCi":false},"temperatures":{},"droppedTiers":[],"centroids":{{centroids}}}
        """;

    private static Plan Plan(string policy, string parameters)
    {
        var factory = PolicyList.Default.Find(policy, s_costs, "policy");
        return new()
        {
            Factory = factory,
            Parameters = factory.Read(JsonElement.Parse(parameters), s_costs, "plan"),
            Costs = s_costs,
            Expected = new ExpectedOutcome(0, 0, 0, 0, new Dictionary<string, double>()),
        };
    }
}
