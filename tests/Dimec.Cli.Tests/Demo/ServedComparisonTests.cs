using Dimec.Cli.Demo;
using Dimec.Costs;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Cli.Tests.Demo;

public class ServedComparisonTests
{
    [Theory]
    [InlineData("cloud", 6, 1, 9, true)]
    [InlineData("cloud", 6, 1, 12, false)]
    [InlineData("cloud", 6, 0, 9, false)]
    [InlineData("edge", 4, 1, 9, false)]
    public void An_answer_is_equal_where_tier_exit_label_and_cost_are(string tier, int exit, int label, double cost, bool isEqual)
    {
        var costs = CostStructure.Default([2, 4, 6]);
        var factory = PolicyList.Default.Find("cloud", costs, "policy");
        var plan = new Plan
        {
            Factory = factory,
            Parameters = factory.Read(System.Text.Json.JsonElement.Parse("{}"), costs, "plan"),
            Costs = costs,
            Expected = new ExpectedOutcome(0, 0, 0, 0, new Dictionary<string, double>()),
        };
        var builder = new RecordedExitsBuilder("dev", [2, 4, 6], 2, 0);
        builder.Add("a", 1, new float[] { 1, 0, 0, 1, 0, 2 }, []);
        var comparison = ServedComparison.Of(plan, builder.Build(), [new ServedAnswer("a", label, tier, exit, 0.9f, cost)]);
        Assert.Equal(isEqual, comparison.IsEqual);
    }
}
