using Dimec.Costs.Measured;

namespace Dimec.Tests.Costs.Measured;

public class MeasuredValueTests
{
    /// <summary>The ranks of tables of the sign test: n, and which of the sorted values are the ends, from 1.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 1, 5)]
    [InlineData(6, 1, 6)]
    [InlineData(8, 1, 8)]
    [InlineData(9, 2, 8)]
    [InlineData(12, 3, 10)]
    [InlineData(20, 6, 15)]
    [InlineData(40, 14, 27)]
    public void The_interval_is_of_order_statistics(int n, int lower, int upper)
    {
        var value = MeasuredValue.Of([.. Enumerable.Range(1, n).Select(i => (double)i).Reverse()]);
        Assert.Equal(((n + 1) / 2.0, lower, upper, n), (value.Median, value.Interval.Lower, value.Interval.Upper, value.Count));
    }

    [Fact]
    public void A_factor_is_of_the_interval_as_well()
    {
        var value = MeasuredValue.Of([1, 2, 3]).Times(2);
        Assert.Equal((4, 2, 6, 3), (value.Median, value.Interval.Lower, value.Interval.Upper, value.Count));
    }

    [Fact]
    public void Nothing_has_no_median() => Assert.Throws<ArgumentException>(() => MeasuredValue.Of([]));
}
