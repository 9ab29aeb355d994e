using CsCheck;
using Dimec.Evaluation;

namespace Dimec.Tests.Evaluation;

public sealed class ClopperPearsonTests
{
    /// <summary>Published values: none of ten has the closed form 1 − 0.025^(1/10); five of ten is in every table.</summary>
    [Theory]
    [InlineData(0, 10, 0.0, 0.3084971)]
    [InlineData(5, 10, 0.1870860, 0.8129140)]
    [InlineData(1, 20, 0.0012651, 0.2487328)]
    [InlineData(10, 10, 0.6915029, 1.0)]
    public void Intervals_are_the_tables(int k, int n, double lower, double upper)
    {
        var interval = ClopperPearson.Interval(k, n);

        Assert.Equal(lower, interval.Lower, 6);
        Assert.Equal(upper, interval.Upper, 6);
    }

    [Fact]
    public void At_the_bound_the_tail_is_what_was_asked_for() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[31, 400]).Sample((k, n) =>
        {
            var bound = ClopperPearson.Upper(k, n, 0.025);
            Assert.Equal(0.025, Tail(k, n, bound), 9);
        });

    /// <summary>P(X ≤ k), summed term by term.</summary>
    private static double Tail(int k, int n, double p)
    {
        double term = Math.Pow(1 - p, n), sum = term;
        for (var i = 1; i <= k; i++)
        {
            term *= (n - i + 1.0) / i * p / (1 - p);
            sum += term;
        }

        return sum;
    }
}
