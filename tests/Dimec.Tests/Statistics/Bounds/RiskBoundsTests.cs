using CsCheck;
using Dimec.Statistics;
using Dimec.Statistics.Bounds;
using MathNet.Numerics.Distributions;

namespace Dimec.Tests.Statistics.Bounds;

public class RiskBoundsTests
{
    private static readonly Gen<(LossTally Tally, double Limit)> s_unsigned =
        from n in Gen.Int[1, 3000]
        from plus in Gen.Int[0, n]
        from limit in Gen.Double[0.001, 0.999]
        select (LossTally.Of(n, plus), limit);

    [Theory]
    // Restated in Python: sums of binomial terms, bisection for the empirical Bernstein bound, the mean of the bets' products.
    [InlineData("exact", 598, 0, null, 0.005, 0.049911691230058425)]
    [InlineData("exact", 1821, 3, null, 0.005, 0.01949305385595753)]
    [InlineData("exact", 1821, 10, null, 0.01, 0.026803747046840416)]
    [InlineData("exact", 500, 8, null, 0.03, 0.03541250127833999)]
    [InlineData("hoeffding-bentkus", 598, 0, null, 0.005, 0.04991169123006119)]
    [InlineData("hoeffding-bentkus", 1821, 3, null, 0.005, 0.052987614077822875)]
    [InlineData("hoeffding-bentkus", 500, 8, null, 0.03, 0.09626115872519429)]
    [InlineData("hoeffding-bentkus", 2000, 8, 6, 0.01, 0.92218969485633)]
    [InlineData("hoeffding-bentkus", 400, 0, 0, 0.02, 0.9231015727035069)]
    [InlineData("empirical-bernstein", 598, 0, null, 0.005, 0.5564719389394396)]
    [InlineData("empirical-bernstein", 500, 8, null, 0.03, 0.625459387164112)]
    [InlineData("empirical-bernstein", 2000, 8, 6, 0.01, 0.22582525724124042)]
    [InlineData("empirical-bernstein", 1000, 2, 5, 0.005, 0.7834135602928289)]
    [InlineData("betting", 598, 0, null, 0.005, 0.32916126072147456)]
    [InlineData("betting", 500, 8, null, 0.03, 0.4460734125004603)]
    [InlineData("betting", 2000, 8, 6, 0.01, 0.006357722765431733)]
    [InlineData("betting", 1000, 2, 5, 0.005, 0.18401938036033608)]
    public void The_values_are_those_of_the_formulas(string name, int n, int plus, int? minus, double limit, double expected)
    {
        var tally = minus is { } gains ? LossTally.Signed(n, plus, gains) : LossTally.Of(n, plus);
        Assert.Equal(expected, RiskBounds.Find(name)!.PValue(tally, limit), 1e-9);
    }

    [Fact]
    public void The_exact_bound_is_that_of_another_library() => s_unsigned.Sample(t =>
    {
        var bound = new ExactBound();
        // Where every sample is a loss, the library has no number; both are one then.
        var allLost = t.Tally.Plus == t.Tally.N;
        var expected = allLost ? 1 : MathNet.Numerics.Distributions.Binomial.CDF(t.Limit, t.Tally.N, t.Tally.Plus);
        Assert.Equal(expected, bound.PValue(t.Tally, t.Limit), 1e-9);
        var upper = allLost ? 1 : Beta.InvCDF(t.Tally.Plus + 1, t.Tally.N - t.Tally.Plus, 0.95);
        Assert.Equal(upper, bound.Upper(t.Tally, 0.05), 1e-6);
    }, iter: 300);

    [Fact]
    public void Without_a_loss_half_a_point_takes_598_samples_and_one_point_299()
    {
        var bound = new ExactBound();
        Assert.Equal((598, 299), (bound.Needed(LossTally.Of(100, 0), 0.005, 0.05), bound.Needed(LossTally.Of(7, 0), 0.01, 0.05)));
        Assert.True(bound.PValue(LossTally.Of(598, 0), 0.005) <= 0.05);
        Assert.True(bound.PValue(LossTally.Of(597, 0), 0.005) > 0.05);
        Assert.Null(bound.Needed(LossTally.Of(200, 1), 0.005, 0.05));
    }

    [Fact]
    public void Never_rises_with_the_limit_nor_falls_with_the_losses() =>
        (from t in s_unsigned
         from more in Gen.Double[0, 1]
         from bound in Gen.Int[0, RiskBounds.All.Count - 1]
         select (t, more, bound: RiskBounds.All[bound]))
            .Sample(x =>
            {
                var (tally, limit) = x.t;
                var p = x.bound.PValue(tally, limit);
                Assert.InRange(p, 0, 1);
                Assert.True(x.bound.PValue(tally, limit + (x.more * (1 - limit))) <= p + 1e-12);
                if (tally.Plus < tally.N)
                    Assert.True(x.bound.PValue(LossTally.Of(tally.N, tally.Plus + 1), limit) >= p - 1e-12);
                Assert.InRange(x.bound.Upper(tally, 0.05), tally.Mean, 1);
            }, iter: 300);

    [Theory]
    [InlineData(400, 0.01, 0)]
    [InlineData(3000, 0.005, 0)]
    [InlineData(1500, 0.02, 0.01)]
    [InlineData(500, 0.3, 0)]
    public void Where_the_mean_is_the_limit_few_tests_say_that_it_is_below(int n, double plus, double minus)
    {
        const int draws = 20_000;
        var random = new Random(7);
        foreach (var bound in RiskBounds.All.Where(bound => minus == 0 || bound.TakesSigned))
        {
            var wrong = Enumerable.Range(0, draws).Count(_ =>
            {
                var lost = new BinomialSampler(random).Next(n, plus);
                var won = minus == 0 ? 0 : new BinomialSampler(random).Next(n - lost, minus / (1 - plus));
                var tally = minus == 0 ? LossTally.Of(n, lost) : LossTally.Signed(n, lost, won);
                return bound.PValue(tally, plus - minus) <= 0.05;
            });
            Assert.True(wrong <= draws * (0.05 + (3 * Math.Sqrt(0.05 * 0.95 / draws))), $"{bound.Name}: {wrong} of {draws}");
        }
    }

    [Fact]
    public void Signed_losses_are_for_bounds_that_take_them()
    {
        Assert.Throws<ArgumentException>(() => new ExactBound().PValue(LossTally.Signed(10, 1, 1), 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LossTally.Of(3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BettingBound().PValue(LossTally.Of(3, 1), -0.1));
    }
}
