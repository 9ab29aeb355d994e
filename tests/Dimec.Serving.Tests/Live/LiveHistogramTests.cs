using Dimec.Serving.Live;

namespace Dimec.Serving.Tests.Live;

public class LiveHistogramTests
{
    [Fact]
    public void A_quantile_is_off_by_a_tenth_at_most()
    {
        var random = new Random(4);
        var seconds = Enumerable.Range(0, 5000).Select(_ => Math.Exp((random.NextDouble() * 9) - 8)).ToArray();
        var histogram = new LiveHistogram();
        foreach (var one in seconds)
            histogram.Add(one);
        Array.Sort(seconds);
        foreach (var share in new[] { 0.01, 0.5, 0.95, 1 })
        {
            var exact = 1000 * seconds[(int)Math.Ceiling(share * seconds.Length) - 1];
            Assert.InRange(histogram.Quantile(share)!.Value, exact * 0.9, exact * 1.1);
        }
    }

    [Fact]
    public void The_least_and_the_most_have_a_place_and_nothing_has_none()
    {
        var histogram = new LiveHistogram();
        Assert.Null(histogram.Quantile(0.5));
        histogram.Add(0);
        Assert.Equal(0.1, histogram.Quantile(1));
        histogram.Add(1e9);
        Assert.InRange(histogram.Quantile(1)!.Value, 1e5, 1e8);
        Assert.Equal(2, histogram.Count);
    }
}
