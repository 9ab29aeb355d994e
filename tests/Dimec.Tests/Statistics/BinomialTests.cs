using CsCheck;
using Dimec.Statistics;

namespace Dimec.Tests.Statistics;

public class BinomialTests
{
    /// <summary>Closed forms (none of ten: 1 − 0.025^(1/10)) and values of published tables.</summary>
    [Theory]
    [InlineData(0, 10, 0.0, 0.3084971)]
    [InlineData(5, 10, 0.1870860, 0.8129140)]
    [InlineData(1, 20, 0.0012651, 0.2487328)]
    [InlineData(10, 10, 0.6915029, 1.0)]
    public void Clopper_Pearson_intervals_are_the_tables(int k, int n, double lower, double upper)
    {
        var interval = Binomial.ClopperPearson(k, n, 0.95);
        Assert.Equal(lower, interval.Lower, 1e-6);
        Assert.Equal(upper, interval.Upper, 1e-6);
    }

    [Fact]
    public void At_the_upper_bound_the_tail_is_what_was_asked_for() => Gen.Select(Gen.Int[0, 30], Gen.Int[31, 400]).Sample((k, n) =>
    {
        var p = Binomial.UpperBound(k, n, 0.025);
        double term = Math.Pow(1 - p, n), sum = term;
        for (var i = 1; i <= k; i++)
            sum += term *= (n - i + 1.0) / i * p / (1 - p);
        Assert.Equal(0.025, sum, 1e-8);
    });

    [Fact]
    public void An_interval_of_a_large_sample_is_the_normal_one_nearly()
    {
        // 9,000 of 10,000: the exact interval differs from p ± 1.96 sqrt(p q / n) by less than a continuity correction.
        var interval = Binomial.ClopperPearson(9000, 10_000, 0.95);
        Assert.Equal(0.9 - 0.00588, interval.Lower, 2e-4);
        Assert.Equal(0.9 + 0.00588, interval.Upper, 2e-4);
    }

    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(7, 0.5)]
    [InlineData(40, 0.02)]
    [InlineData(25, 0.97)]
    public void Draws_have_the_distribution(int n, double p)
    {
        const int Draws = 200_000;
        var sampler = new BinomialSampler(new Random(7));
        var counts = new double[n + 1];
        for (var i = 0; i < Draws; i++)
            counts[sampler.Next(n, p)]++;
        // Each probability from the product formula, within five standard errors.
        var expected = Math.Pow(1 - p, n);
        for (var k = 0; k <= n; k++)
        {
            Assert.Equal(expected, counts[k] / Draws, (5 * Math.Sqrt(expected * (1 - expected) / Draws)) + (1.0 / Draws));
            expected *= (n - k) / (k + 1.0) * p / (1 - p);
        }
    }

    [Fact]
    public void Draws_at_the_ends_are_certain()
    {
        var sampler = new BinomialSampler(new Random(1));
        Assert.Equal([0, 0, 5], new[] { sampler.Next(0, 0.5), sampler.Next(5, 0), sampler.Next(5, 1) });
    }
}
