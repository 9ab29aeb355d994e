using System.Globalization;
using Dimec.Planning.Promises;
using Dimec.Statistics.Bounds;

namespace Dimec.Tests.Planning.Promises;

public class PromiseWordsTests
{
    [Theory]
    // Without a loss ln 0.05 / ln(1 − ε / 2) samples do: 1,197 for half of half a point.
    [InlineData(700, 0, "Half of that, 0.25 points, would take about 1,197 samples like these to be shown of this plan, "
        + "497 more than there are.")]
    [InlineData(2000, 0, "Half of that, 0.25 points, these samples show of it too.")]
    [InlineData(2000, 5, "Half of that, 0.25 points, no number of samples like these would show of this plan.")]
    public void Half_the_drop_is_shown_by_so_many_samples(int n, int lost, string sentence) =>
        Assert.Equal([sentence], PromiseWords.Next(Promise(n, lost), "layers"));

    [Theory]
    // 5 lost and 5 gained of 2,000 speak of no drop: by betting so many show a quarter of a point.
    [InlineData(PromiseLoss.Paired, PromiseScope.All, "betting")]
    // 300 of the 2,000 are of the group: 1,197 of it are 7,980 of all.
    [InlineData(PromiseLoss.Lost, PromiseScope.Exit, "exact")]
    public void Half_the_drop_is_shown_of_what_is_gained_and_of_groups_too(PromiseLoss loss, PromiseScope scope, string method)
    {
        var claim = Claim(5) with { Loss = loss, Scope = scope, Method = method, Gained = 5, Group = new ClaimGroup(300, 0, 0) };
        var needed = scope == PromiseScope.Exit
            ? 7980
            : RiskBounds.Find(method)!.Needed(LossTally.Signed(2000, 5, 5), 0.0025, 0.05)!.Value;
        Assert.Equal(
            [
                $"Half of that, 0.25 points, would take about {needed.ToString("#,0", CultureInfo.InvariantCulture)} samples like these to "
                + $"be shown of this plan, {(needed - 2000).ToString("#,0", CultureInfo.InvariantCulture)} more than there are.",
            ],
            PromiseWords.Next(new PlanPromise(0.95, 2000, [claim]), "layers"));
    }

    [Fact]
    public void Evidence_says_what_was_gained_and_of_which_group_the_bound_is()
    {
        var claim = Claim(5) with { Loss = PromiseLoss.Paired, Method = "betting", Gained = 3 };
        Assert.Contains(
            "(loses what the reference has right in 5 and gains in 3 of 2,000, bound 0.45 %, betting)",
            PromiseWords.Of(new PlanPromise(0.95, 2000, [claim]), "layers"), StringComparison.Ordinal);
        claim = Claim(5) with { Scope = PromiseScope.Class, Group = new ClaimGroup(1000, 2, 0) };
        Assert.Contains(
            "(loses what the reference has right in 5 of 2,000, in 2 of 1,000 of the group that shows it least, bound 0.45 %, exact)",
            PromiseWords.Of(new PlanPromise(0.95, 2000, [claim]), "layers"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5210, "would take about 5,210 samples like these, 3,210 more than there are; of it these show 0.61 %.")]
    [InlineData(1900, "is shown to keep this by a test of its own, and not among so many; of it these show 0.61 %.")]
    [InlineData(null, "no number of samples like these would show to keep this; of it these show 0.61 %.")]
    public void The_next_plan_is_shown_by_so_many_samples(int? needed, string sentence) => Assert.Equal(
        "The next cheaper plan, ladder at 2.345 layers a sample, " + sentence,
        PromiseWords.Next(Promise(2000, 5) with { Next = new NextPlan("ladder", 2.345, needed, 0.0061) }, "layers")[1]);

    [Fact]
    public void What_a_plan_does_not_say_leaves_its_sentence_out()
    {
        // How many gained is not known, nor of which group the bound is, nor whose bound it was.
        foreach (var claim in new[]
        {
            Claim(5) with { Loss = PromiseLoss.Paired }, Claim(5) with { Scope = PromiseScope.Class }, Claim(5) with { Lost = null },
            Claim(5) with { Method = "mine" }, Claim(5000), Claim(-1), Claim(5) with { Loss = PromiseLoss.Paired, Gained = 3000 },
            Claim(5) with { Loss = PromiseLoss.Paired, Gained = 1 }, Claim(5) with { Scope = PromiseScope.Exit, Group = new(0, 0, 0) },
        })
        {
            Assert.Empty(PromiseWords.Next(new PlanPromise(0.95, 2000, [claim]), "layers"));
        }
    }

    private static PlanPromise Promise(int n, int lost) => new(0.95, n, [Claim(lost)]);

    private static PromisedClaim Claim(int lost) => new(PromiseLoss.Lost, 0.005, 0.0045, "exact", PromiseScope.All) { Lost = lost };
}
