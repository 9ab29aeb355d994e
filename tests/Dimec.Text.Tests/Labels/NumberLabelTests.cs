using CsCheck;
using Dimec.Text.Labels;

namespace Dimec.Text.Tests.Labels;

public class NumberLabelTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.0", "1")]
    [InlineData("1.00", "1")]
    [InlineData("1e0", "1")]
    [InlineData("10E-1", "1")]
    [InlineData("0.1e1", "1")]
    [InlineData("+01", "1")]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0.0e99", "0")]
    [InlineData("-1.0", "-1")]
    [InlineData("1.50", "1.5")]
    [InlineData("0.050", "0.05")]
    [InlineData("1e3", "1000")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("12345678901234567891", "12345678901234567891")]
    [InlineData("1e400", "1e400")]
    [InlineData("10e399", "1e400")]
    [InlineData("1.25e-400", "1.25e-400")]
    [InlineData("1e99999999999999999999", "1e99999999999999999999")]
    public void One_number_has_one_spelling(string text, string one) => Assert.Equal(one, NumberLabel.Find(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1,5")]
    [InlineData("1 0")]
    [InlineData("1\n")]
    [InlineData("١")]
    [InlineData("NaN")]
    [InlineData("0x1")]
    public void Other_texts_are_no_numbers(string text) => Assert.Null(NumberLabel.Find(text));

    [Fact]
    public void They_are_ordered_as_numbers() =>
        Gen.Select(Gen.Int[-1000, 1000], Gen.Int[-1000, 1000], Gen.Int[-3, 3]).Sample((one, other, exponent) =>
            Assert.Equal(
                Math.Sign(one.CompareTo(other)),
                Math.Sign(NumberLabel.Find($"{one}e{exponent}")!.CompareTo(NumberLabel.Find($"{other}.0e{exponent}")))));
}
