using Dimec.Evaluation.Seeds;

namespace Dimec.Tests.Evaluation.Seeds;

public class XoshiroTests
{
    [Fact]
    public void The_numbers_are_those_of_the_reference_implementation()
    {
        // xoshiro256++ 1.0 and SplitMix64 by their authors, restated in Python, with the seed 42.
        var random = new Xoshiro(42);
        Assert.Equal(
            new ulong[] { 15021278609987233951UL, 5881210131331364753UL, 18149643915985481100UL, 12933668939759105464UL },
            Enumerable.Range(0, 4).Select(_ => random.Next()));
    }

    [Fact]
    public void Every_number_below_the_bound_is_as_likely()
    {
        var random = new Xoshiro(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.Next(7)]++;
        // χ² with 6 degrees of freedom is above 22.5 once in a thousand.
        Assert.True(counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000) < 22.5);
    }
}
