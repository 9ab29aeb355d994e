using System.Text.Json;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Planning.Shadow;
using Dimec.Policies;
using Dimec.Predictions;
using Dimec.Statistics;

namespace Dimec.Tests.Planning.Shadow;

/// <summary>Plans over what was recorded, counted again by hand.</summary>
public sealed class ShadowComparisonTests
{
    private static readonly CostStructure s_costs = CostStructure.Default([2, 4, 6]);
    private static readonly PlanRequest s_request = new()
    {
        Selection = new SelectionPart(MadeTraffic.Of(PartNames.Selection, 600, seed: 1)),
        Costs = s_costs,
        Options = new PlanningOptions { Reference = DropReference.Cloud },
    };

    private static readonly RecordedExits s_served = MadeTraffic.Of(PartNames.Calibration, 900, seed: 2, labelled: false, prefix: "v");

    [Fact]
    public void Costs_and_answers_that_differ_are_those_of_the_recorded_exits()
    {
        var compared = ShadowComparison.Of(
            s_request, s_served, [("two.json", Cascade(0.9, 0.8)), ("none.json", Cascade(2, 2)), ("all.json", Single("mobile"))]);
        Assert.Equal(("cloud", 900), (compared.Reference, compared.N));
        Assert.Equal(["two.json", "none.json", "all.json", "cloud"], compared.Arms.Select(arm => arm.Name));

        // A cascade by hand: the tiers cost 2, 4 + 1 and 6 + 3.
        var (costs, differs) = (new List<double>(), 0);
        for (var i = 0; i < s_served.Count; i++)
        {
            var stop = Enumerable.Range(0, 3).First(exit => exit == 2 || Confidence(i, exit) >= new[] { 0.9, 0.8 }[exit]);
            costs.Add(new[] { 2.0, 7, 16 }[stop]);
            differs += Class(i, stop) != Class(i, 2) ? 1 : 0;
        }

        var two = compared.Arms[0];
        var deviation = Math.Sqrt(costs.Sum(cost => (cost - costs.Average()) * (cost - costs.Average())) / 899);
        Assert.Equal(costs.Average(), two.Cost, 1e-9);
        Assert.Equal(1.96 * deviation / 30, two.CostInterval.Upper - two.Cost, 1e-3);
        Assert.Equal(1 - (costs.Average() / 9), two.Saved, 1e-9);
        Assert.Equal((differs, differs / 900.0), (two.Differs, two.Share));
        Assert.Equal(Binomial.ClopperPearson(differs, 900, 0.95), two.ShareInterval);
        Assert.InRange(differs, 1, 200);

        // Who asks everybody pays for all; the reference differs in nothing.
        Assert.Equal((16, 0), (compared.Arms[1].Cost, compared.Arms[1].Differs));
        Assert.Equal((2, 2), (compared.Arms[2].Cost, compared.Arms[2].CostInterval.Upper));
        Assert.Equal((9, 0, 0), (compared.Arms[3].Cost, compared.Arms[3].Differs, compared.Arms[3].Saved));
        // 6 + 3 for the answer; 2 + 4 layers beside it there; or each tier from the text.
        Assert.Equal((15, 16), (compared.AtTier, compared.AtClient));
    }

    [Fact]
    public void A_plan_that_cannot_be_tried_on_what_was_recorded_is_refused()
    {
        var errors = TextFiles.Errors(() => ShadowComparison.Of(
            s_request, Without(),
            [
                ("tiers.json", Plan("cascade", """{"thresholds":{"mobile":0.9}}""", CostStructure.Default([2, 6]))),
                ("zero.json", Plan("phone-cloud", """
                    {"stops":[{"exit":0,"tier":"mobile","start":"here","threshold":0.9,"weights":{"0":1},"bias":[0,0]},
                    {"exit":6,"tier":"cloud","start":"text","weights":{"6":1},"bias":[0,0]}]}
                    """)),
                ("inner.json", Plan("ladder", """
                    {"stops":[{"exit":3,"tier":"edge","start":"text","threshold":0.9,"weights":{"3":1},"bias":[0,0]},
                    {"exit":6,"tier":"cloud","start":"text","weights":{"6":1},"bias":[0,0]}]}
                    """)),
            ]));
        Assert.Equal(3, errors.Count);
        Assert.Contains("where the plan 'cascade' was made for", errors[0].Problem, StringComparison.Ordinal);
        Assert.Equal(("zero.json", "looks at exit 0, which was not recorded"), (errors[1].Where, errors[1].Problem));
        Assert.Equal(("inner.json", "looks at the exits 3, which were not recorded"), (errors[2].Where, errors[2].Problem));
    }

    private static RecordedExits Without()
    {
        var builder = new RecordedExitsBuilder(PartNames.Calibration, [2, 4, 6], 2, 0);
        builder.Add("a", -1, [0, 1, 0, 1, 0, 1], []);
        return builder.Build();
    }

    private static int Class(int sample, int exit)
    {
        var logits = s_served.Logits(sample, exit);
        return logits[1] > logits[0] ? 1 : 0;
    }

    private static double Confidence(int sample, int exit)
    {
        var logits = s_served.Logits(sample, exit);
        return 1 / (1 + Math.Exp(-Math.Abs(logits[1] - logits[0])));
    }

    private static Plan Single(string tier) => Plan(tier, "{}");

    private static Plan Cascade(double mobile, double edge) => Plan(
        "cascade", JsonSerializer.Serialize(new { thresholds = new { mobile, edge } }));

    private static Plan Plan(string policy, string parameters, CostStructure? costs = null)
    {
        var factory = PolicyList.Default.Find(policy, costs ?? s_costs, "policy");
        return new Plan
        {
            Factory = factory,
            Parameters = factory.Read(JsonElement.Parse(parameters), costs ?? s_costs, "plan"),
            Costs = costs ?? s_costs,
            Expected = new ExpectedOutcome(0, 0, 0, 0, new Dictionary<string, double>()),
        };
    }
}
