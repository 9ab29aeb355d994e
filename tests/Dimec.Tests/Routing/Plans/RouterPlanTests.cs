using System.Text;
using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Routing;
using Dimec.Routing.Plans;

namespace Dimec.Tests.Routing.Plans;

public class RouterPlanTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var plan = Made();
        var text = Text(plan);
        var read = Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal(text, Text(read));
        Assert.Equal(plan.Route.Thresholds, read.Route.Thresholds);
        Assert.Equal(plan.Promise!.Claims, read.Promise!.Claims);
    }

    [Fact]
    public void A_damaged_plan_is_read_or_refused() => JsonDamage.Check(Text(Made()), bytes => Read(bytes));

    [Theory]
    [InlineData("\"policy\": \"score\"", "\"policy\": \"pools\"", "is 'pools', and a table's plan is one of 'score'")]
    [InlineData("\"higher\": \"strong\"", "\"higher\": \"up\"", "is 'up'; use one of strong, weak")]
    [InlineData("\"thresholds\": [", "\"thresholds\": [ 0.1,", "has 2 numbers for 2 tiers of the route")]
    [InlineData("\"route\": [", "\"route\": [ \"t1\",", "does not name some of the tiers in their order")]
    public void What_is_wrong_is_said(string before, string after, string expected)
    {
        var text = Text(Made());
        Assert.Contains(before, text, StringComparison.Ordinal);
        var changed = Encoding.UTF8.GetBytes(text.Replace(before, after, StringComparison.Ordinal));
        var wrong = Assert.Throws<InputException>(() => Read(changed));
        Assert.Contains(expected, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_runs_plan_belongs_it_is_refused_in_one_sentence()
    {
        var error = TextFiles.Error(() => Plan.Read(TextFiles.Stream(Text(Made())), "plan.json"));
        Assert.Equal("plan.json policy", error.Where);
        Assert.StartsWith("is 'score': the plan was made from a router's table", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Thresholds_follow_the_direction()
    {
        var plan = Made() with { Route = new ScoreRoute(ScoreDirection.Weak, [0, 1], [0.5]) };
        Assert.Equal("t0, t1 up to 0.5", plan.Words);
        var three = Made(tiers: 3) with { Route = new ScoreRoute(ScoreDirection.Weak, [0, 1, 2], [0.2, 0.5]) };
        var wrong = Assert.Throws<InputException>(() => Read(Encoding.UTF8.GetBytes(Text(three))));
        Assert.Contains("do not descend", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_other_tiers_is_refused()
    {
        var wrong = Assert.Throws<InputException>(() => Made().RequireTiersOf(MadeRouter.Of(10, 3, seed: 1), "plan.json"));
        Assert.Contains("is for the tiers t0, t1, and made.csv has t0, t1, t2", wrong.Message, StringComparison.Ordinal);
    }

    private static RouterPlan Made(int tiers = 2) => Assert.IsType<RouterOutcome.Planned>(
        new RouterPlanner(new RouterRequest(
            MadeRouter.Of(2000, tiers, seed: 1), ScoreDirection.Strong, new Dictionary<string, string> { ["made.csv"] = "0a" }))
            .Plan(MadeRouter.Of(2000, tiers, seed: 2), new PromiseOptions { MaxDrop = 0.02, MinAccuracy = 0.8 })).Plan;

    private static string Text(RouterPlan plan)
    {
        using var stream = new MemoryStream();
        plan.Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static RouterPlan Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return RouterPlanJson.Read(stream, "plan.json");
    }
}
