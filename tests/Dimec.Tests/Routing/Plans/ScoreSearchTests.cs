using Dimec.Routing;
using Dimec.Routing.Plans;

namespace Dimec.Tests.Routing.Plans;

public class ScoreSearchTests
{
    /// <summary>
    /// C(levels + tiers − 1, tiers − 1) routes, at most 50,000: 1,000 levels are the most, 316 · 315 / 2 = 49,770 and
    /// 317 · 316 / 2 = 50,086, 67 · 66 · 65 / 6 = 47,905 and 68 · 67 · 66 / 6 = 50,116.
    /// </summary>
    [Theory]
    [InlineData(2, 1000)]
    [InlineData(3, 314)]
    [InlineData(4, 64)]
    public void A_search_has_a_size_that_it_keeps(int tiers, int levels) => Assert.Equal(levels, ScoreSearch.Levels(tiers));

    [Fact]
    public void Sums_that_are_taken_once_say_what_runs_say()
    {
        var table = MadeRouter.Of(60, 3, seed: 1);
        foreach (var (route, cost, right) in new ScoreSearch(table, ScoreDirection.Weak, table.Gold).Routes())
        {
            var run = route.Run(table);
            Assert.Equal(run.MeanCost, cost, 1e-9);
            Assert.Equal(run.Right(table).Count(isRight => isRight), right);
        }
    }
}
