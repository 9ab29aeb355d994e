using Dimec.Cartography;
using Dimec.Pools;
using Dimec.Reporting.Tests.Drawing;

namespace Dimec.Reporting.Tests.DataMaps;

public class DataMapTests
{
    [Fact]
    public void Pools_are_counted_by_the_cores_own_rule()
    {
        SampleMetrics[] samples = [Sample(0.9, 0.1, 4), Sample(0.9, 0.3, 3), Sample(0.2, 0.1, 0), Sample(0.2, 0.3, 1), Sample(0.5, 0.2, 2)];
        var map = new DataMapInputs
        {
            Samples = samples,
            Epochs = 4,
            Thresholds = new PoolThresholds(0.5, [0.2]),
            Tiers = ["mobile", "edge", "cloud"],
        };
        var pools = DataMapPool.Of(map);
        Assert.Equal([("easy", 2), ("medium", 1), ("hard", 2)], pools.Select(p => (p.Name, p.Count)));
        Assert.Equal([0.75, 0.75, 0.125], pools.Select(p => p.Accuracy));
        Assert.Equal(["μ ≥ 0.500 and σ ≤ 0.200", "μ ≥ 0.500 and σ > 0.200", "μ < 0.500"], pools.Select(p => p.Rule));
        var corner = DataMapPool.Of(map with { HardRule = HardRule.LowConfidenceAndVariability });
        Assert.Equal([("easy", 2), ("medium", 2), ("hard", 1)], corner.Select(p => (p.Name, p.Count)));
        Assert.Equal(["μ ≥ 0.500 and σ ≤ 0.200", "σ > 0.200", "μ < 0.500 and σ ≤ 0.200"], corner.Select(p => p.Rule));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    [InlineData(5, 6)]
    [InlineData(8, 6)]
    [InlineData(50, 6)]
    public void Correctness_bins_ascend_and_cover_every_count(int epochs, int count)
    {
        var bins = new CorrectnessBins(epochs);
        var of = Enumerable.Range(0, epochs + 1).Select(bins.Of).ToList();
        Assert.Equal(Enumerable.Range(0, count), of.Distinct());
        Assert.Equal(of.Order(), of);
        Assert.All(Enumerable.Range(0, bins.Count), bin => Assert.DoesNotContain("-1", bins.Label(bin), StringComparison.Ordinal));
    }

    [Fact]
    public void Thinning_depends_on_guids_and_not_on_their_order()
    {
        var samples = MadeMap.Of(3000).Samples;
        var taken = DataMapSampling.Take(samples, 500);
        Assert.Equal(500, taken.Count);
        var turned = DataMapSampling.Take([.. samples.Reverse()], 500);
        Assert.Equal(taken.Select(s => s.Guid.Text).Order(), turned.Select(s => s.Guid.Text).Order());
        // A fair choice: the mean of what is shown lies by the mean of all (its standard error here is about 0.01).
        Assert.Equal(samples.Average(s => s.Confidence), taken.Average(s => s.Confidence), 0.05);
        Assert.Same(samples, DataMapSampling.Take(samples, 3000));
    }

    [Fact]
    public void What_is_hidden_is_stated_on_the_picture()
    {
        Assert.Contains(Pictures.Texts(s => DataMapPlot.WriteSvg(MadeMap.Of(6000), s)), t => t == "4,000 of 6,000 samples shown");
        Assert.Contains(Pictures.Texts(s => DataMapPlot.WriteSvg(MadeMap.Of(600), s)), t => t == "all 600 samples shown");
        Assert.Contains(Pictures.Texts(s => DataMapPlot.WriteSvg(MadeMap.Of(6000) with { Of = 70_000 }, s)), t =>
            t == "4,000 of 70,000 samples shown, 6,000 beside");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_pool_is_named_on_the_map(int tiers)
    {
        var map = MadeMap.Of(tiers: tiers);
        var texts = Pictures.Texts(s => DataMapPlot.WriteSvg(map, s));
        Assert.All(DataMapPool.Of(map), pool => Assert.Contains(pool.Label, texts));
        Assert.Contains("α = 0.620", texts);
        Assert.Contains(texts, t => t.StartsWith("variability σ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_pool_is_named_in_its_own_region()
    {
        // Every sample is hard, and the easy and the medium pool are a strip at the top: what the demo's plan comes to.
        var map = MadeMap.Of() with { Thresholds = new PoolThresholds(0.9, [0.002]) };
        map = map with { Samples = [.. map.Samples.Select(s => s with { Confidence = s.Confidence * 0.89 })] };
        foreach (var (width, height) in ((int, int)[])[(760, 500), (464, 520), (360, 640)])
        {
            var svg = Pictures.Svg(s => DataMapPlot.WriteSvg(map, s, width, height));
            var alpha = svg.All("text").Single(t => t.Value == "α = 0.900");
            foreach (var pool in (string[])["easy → mobile", "medium → edge"])
                Assert.InRange((float)svg.All("text").Single(t => t.Value == pool).Attribute("y")!, 10, (float)alpha.Attribute("y")! + 4);
            Assert.Equal(2, svg.All("text").Count(t => t.Value == "empty"));
        }
    }

    private static SampleMetrics Sample(double confidence, double variability, int correctness) =>
        new(new SampleGuid($"{confidence}-{variability}"), 0, 0, confidence, variability, correctness, 0);
}
