using System.Globalization;

namespace Dimec.Reporting.Tests;

public class FormattingTests
{
    [Theory]
    [InlineData(0.1234, "12.3 %")]
    [InlineData(-0.0004, "0.0 %")]
    [InlineData(-0.031, "−3.1 %")]
    [InlineData(1, "100.0 %")]
    [InlineData(double.NaN, "–")]
    public void Percent(double share, string expected) => Assert.Equal(expected, Formatting.Percent(share));

    [Theory]
    [InlineData(-0.003, "−0.3", "−0.3")]
    [InlineData(0.0123, "1.2", "+1.2")]
    [InlineData(0.0004, "0.0", "0.0")]
    [InlineData(-0.0004, "0.0", "0.0")]
    [InlineData(0, "0.0", "0.0")]
    public void Points(double difference, string drop, string change)
    {
        Assert.Equal(drop, Formatting.Points(difference));
        Assert.Equal(change, Formatting.SignedPoints(difference));
    }

    [Fact]
    public void Intervals()
    {
        Assert.Equal("−0.3 [−0.8, 0.1]", Formatting.Points(-0.003, -0.008, 0.001));
        Assert.Equal("−0.3 ± 0.5", Formatting.PointsPlusMinus(-0.003, -0.008, 0.001));
        Assert.Equal("86.4 % [84.1, 88.6]", Formatting.Percent(0.864, 0.841, 0.886));
    }

    [Theory]
    [InlineData(5.034, "layers", "5.03 layers")]
    [InlineData(12.34, "ms", "12.3 ms")]
    [InlineData(1234.5, "mJ", "1235 mJ")]
    [InlineData(0, "", "0.00")]
    [InlineData(0.000123, "€", "1.23E−4 €")]
    [InlineData(123456789012, "nJ", "123456789012 nJ")]
    [InlineData(2e90, "nJ", "2E+90 nJ")]
    public void Cost(double cost, string unit, string expected) => Assert.Equal(expected, Formatting.Cost(cost, unit));

    [Theory]
    [InlineData("33/33/34", 0, 0.328, 0.329, 0.343)]
    [InlineData("93/7/0", 0, 0.925, 0.075, 0d)]
    [InlineData("34/33/33", 0, 1 / 3.0, 1 / 3.0, 1 / 3.0)]
    [InlineData("33.4/33.3/33.3", 1, 1 / 3.0, 1 / 3.0, 1 / 3.0)]
    [InlineData("0/0/100", 0, 0d, 0d, 1d)]
    [InlineData("29/71", 0, 0.29, 0.71)]
    public void Shares_add_up_as_they_are_printed(string expected, int decimals, params double[] shares) =>
        Assert.Equal(expected, string.Join('/', Formatting.Shares(shares, decimals)));

    [Fact]
    public void A_number_of_too_many_digits_is_a_power_of_ten() => Assert.Equal("−3.33E+77 %", Formatting.Percent(-3.3333e75));

    [Fact]
    public void No_culture_changes_a_number()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal("1,234,567", Formatting.Count(1234567));
            Assert.Equal("−1.5 %", Formatting.Percent(-0.015));
            Assert.Equal("1.23E−4 €", Formatting.Cost(0.000123, "€"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
