using CsCheck;
using Dimec.Evaluation.Routers;

namespace Dimec.Tests.Evaluation.Routers;

public class AurocTests
{
    [Fact]
    public void A_hand_worked_area()
    {
        // Of 2 × 3 pairs the positive is above in 4 and ties in 1: (4 + 0.5) / 6.
        var area = Auroc.Of([0.9, 0.4, 0.4, 0.2, 0.5], [true, true, false, false, false])!;
        Assert.Equal(4.5 / 6, area.Value, 1e-12);
        Assert.Equal((2, 3), (area.Positives, area.Negatives));
    }

    [Fact]
    public void Counting_pairs_gives_the_same() =>
        Gen.Select(Gen.Int[0, 6], Gen.Bool).Array[2, 40].Sample(samples =>
        {
            double[] scores = [.. samples.Select(sample => sample.Item1 / 3.0)];
            bool[] kinds = [.. samples.Select(sample => sample.Item2)];
            var area = Auroc.Of(scores, kinds);
            var pairs = (from i in Enumerable.Range(0, scores.Length)
                         where kinds[i]
                         from j in Enumerable.Range(0, scores.Length)
                         where !kinds[j]
                         select Math.Sign(scores[i] - scores[j])).ToArray();
            if (pairs.Length == 0)
                Assert.Null(area);
            else
                Assert.Equal(pairs.Average(sign => (sign + 1) / 2.0), area!.Value, 1e-12);
        });

    [Theory]
    // Three of each kind: q = 0.025^(1/3) = 0.29240177382128657.
    [InlineData(new[] { 3.0, 3, 4, 1, 2, 2 }, new[] { true, true, true, false, false, false }, 1, 0.29240177382128657, 1)]
    [InlineData(new[] { 1.0, 2, 2, 3, 3, 4 }, new[] { true, true, true, false, false, false }, 0, 0, 0.7075982261787134)]
    [InlineData(
        new[] { 1.0, 1, 1, 1, 1, 1 }, new[] { true, true, true, false, false, false }, 0.5, 0.14620088691064327, 0.8537991130893567)]
    // One positive: q = 0.025, whatever the others' variance.
    [InlineData(new[] { 2.0, 1, 3, 1, 3 }, new[] { true, false, false, false, false }, 0.5, 0.0125, 0.9875)]
    public void Where_there_is_no_variance_to_tell_by_the_interval_is_no_point(
        double[] scores, bool[] kinds, double area, double lower, double upper)
    {
        var measured = Auroc.Of(scores, kinds)!;
        Assert.Equal(area, measured.Value, 1e-12);
        Assert.Equal(lower, measured.Interval.Lower, 1e-12);
        Assert.Equal(upper, measured.Interval.Upper, 1e-12);
    }

    [Fact]
    public void The_interval_has_the_width_of_repeated_samples()
    {
        // Normal scores one apart: the area is Φ(1/√2) = 0.760.
        var random = new Random(4);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        Auroc Draw() => Auroc.Of(
            [.. Enumerable.Range(0, 200).Select(i => Normal() + (i < 80 ? 1 : 0))], [.. Enumerable.Range(0, 200).Select(i => i < 80)])!;
        Auroc[] draws = [.. Enumerable.Range(0, 400).Select(_ => Draw())];
        var covered = draws.Count(draw => draw.Interval.Lower <= 0.7602 && 0.7602 <= draw.Interval.Upper);
        Assert.InRange(covered / 400.0, 0.91, 0.985);
    }
}
