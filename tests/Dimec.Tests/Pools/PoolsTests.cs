using CsCheck;
using Dimec.Pools;
using Dimec.Predictions;

namespace Dimec.Tests.Pools;

public class PoolsTests
{
    [Theory]
    [InlineData(0.7, 0.2, 0)] // easy: μ ≥ α and σ ≤ β, both ends included
    [InlineData(0.7, 0.21, 1)] // medium: the rest
    [InlineData(0.69, 0.0, 2)] // hard: μ < α
    [InlineData(0.69, 0.5, 2)]
    public void Three_tiers_are_easy_medium_hard(double mu, double sigma, int tier) =>
        Assert.Equal(tier, new PoolThresholds(0.7, [0.2]).TierOf(mu, sigma, HardRule.LowConfidence));

    [Theory]
    [InlineData(0.69, 0.2, 2)]
    [InlineData(0.69, 0.21, 1)]
    [InlineData(0.7, 0.1, 0)]
    public void Hard_as_the_corner_of_low_confidence_and_low_variability(double mu, double sigma, int tier) =>
        Assert.Equal(tier, new PoolThresholds(0.7, [0.2]).TierOf(mu, sigma, HardRule.LowConfidenceAndVariability));

    [Fact]
    public void Other_numbers_of_tiers()
    {
        var two = new PoolThresholds(0.5, []);
        Assert.Equal([1, 0], new[] { 0.49, 0.5 }.Select(mu => two.TierOf(mu, 0.3, HardRule.LowConfidenceAndVariability)));
        var five = new PoolThresholds(0.5, [0.1, 0.2, 0.3]);
        Assert.Equal([0, 1, 2, 3, 4], new[] { (0.6, 0.1), (0.6, 0.2), (0.6, 0.3), (0.6, 0.4), (0.4, 0.1) }.Select(p => five.TierOf(p.Item1, p.Item2, HardRule.LowConfidence)));
    }

    [Fact]
    public void The_nearest_centroid_names_the_tier_and_a_tie_goes_to_the_cheaper()
    {
        var router = new CentroidRouter([[0, 0], null, [2, 0]], EmbeddingNormalization.None);
        Assert.Equal(0, router.Route([0.9f, 5]));
        Assert.Equal(2, router.Route([1.1f, -5]));
        Assert.Equal(0, router.Route([1, 3]));
        Assert.Throws<InputException>(() => router.Route([1]));
    }

    [Fact]
    public void Unit_length_compares_directions_and_leaves_zero_alone()
    {
        var router = new CentroidRouter([[1, 0], [0, 1]], EmbeddingNormalization.UnitLength);
        Assert.Equal(1, router.Route([3, 100]));
        Assert.Equal(0, router.Route([0.002f, 0.001f]));
        Assert.Equal(0, router.Route([0, 0]));
    }

    [Fact]
    public void Every_pool_of_the_cells_is_that_of_its_thresholds()
    {
        var gen = from map in RandomExits.Map()
                  from levels in Gen.Int[2, 6]
                  from tiers in Gen.Int[2, 5]
                  from rule in Gen.Enum<HardRule>()
                  from unit in Gen.Enum<EmbeddingNormalization>()
                  select (map, levels, tiers, rule, unit);
        gen.Sample(t =>
        {
            var alphas = QuantileGrid.ForLowerCut(t.map.Metrics.Select(sample => sample.Confidence), t.levels);
            double[] betas = t.tiers == 2 ? [] : QuantileGrid.ForUpperCut(t.map.Metrics.Select(sample => sample.Variability), t.levels);
            var cells = new PoolCells(t.map, alphas, betas, t.unit);
            foreach (var (alpha, chosen) in from alpha in Enumerable.Range(0, alphas.Length)
                                            from chosen in ThresholdCombinations.Ascending(betas.Length, t.tiers - 2)
                                            select (alpha, chosen))
            {
                var pools = cells.Pools(alpha, chosen, t.rule);
                var thresholds = new PoolThresholds(alphas[alpha], [.. chosen.Select(b => betas[b])]);
                for (var tier = 0; tier < t.tiers; tier++)
                    Compare(t.map, t.unit, cells, pools[tier], i => thresholds.TierOf(t.map.Metrics[i].Confidence, t.map.Metrics[i].Variability, t.rule) == tier);
            }
        }, iter: 50);
    }

    [Fact]
    public void A_grid_reaches_from_nobody_to_everybody()
    {
        double[] values = [0.1, 0.2, 0.2, 0.9];
        var lower = QuantileGrid.ForLowerCut(values, 4);
        Assert.Equal([0, 4], new[] { lower[0], lower[^1] }.Select(cut => values.Count(value => value < cut)));
        var upper = QuantileGrid.ForUpperCut(values, 4);
        Assert.Equal([0, 4], new[] { upper[0], upper[^1] }.Select(cut => values.Count(value => value <= cut)));
        // Linear between neighbours, as numpy.quantile([0.1, 0.2, 0.2, 0.9], 0.9) = 0.69.
        Assert.Equal(0.69, QuantileGrid.ForLowerCut(values, 10)[^2], 1e-12);
    }

    [Fact]
    public void Combinations_are_counted_thinned_and_complete()
    {
        Assert.Equal(["0 0", "0 1", "0 2", "1 1", "1 2", "2 2"], ThresholdCombinations.Ascending(3, 2).Select(chosen => string.Join(' ', chosen)));
        Assert.Single(ThresholdCombinations.Ascending(7, 0));
        Assert.Equal(3, ThresholdCombinations.AscendingFit(7, 2, 6));
        Assert.Equal(7, ThresholdCombinations.AscendingFit(7, 2, 28));
        Assert.Equal(4, ThresholdCombinations.FreeFit(9, 3, 100));
        Assert.Equal([1.0, 3.0, 5.0], ThresholdCombinations.Thin([1, 2, 3, 4, 5], 3));
    }

    [Fact]
    public void Metrics_and_embeddings_are_joined_by_guid_and_gaps_are_named()
    {
        var map = RandomExits.Map([(0.1, 0), (0.2, 0)], 1, [5, 6]);
        Assert.Equal(6f, map.Embedding(1)[0]);
        Assert.Contains("guid 't1' has no embedding", Text.Error(() => TrainingMap.Join(map.Metrics, new SampleEmbeddings(["t0"], 1, [5]), null)).Problem);
        Assert.Contains("guid 'x' has no metrics (first of 1)", Text.Error(() => TrainingMap.Join(map.Metrics, new SampleEmbeddings(["t0", "t1", "x"], 1, [5, 6, 7]), null)).Problem);
        Assert.Contains("'t0' comes twice", Text.Error(() => TrainingMap.Join(map.Metrics, new SampleEmbeddings(["t0", "t0"], 1, [5, 6]), null)).Problem);
        Assert.Equal("embeddings", Text.Error(() => _ = new SampleEmbeddings(["a"], 2, [1])).Where);
    }

    private static void Compare(TrainingMap map, EmbeddingNormalization unit, PoolCells cells, CellRectangle pool, Func<int, bool> isMember)
    {
        int[] members = [.. Enumerable.Range(0, map.Metrics.Count).Where(isMember)];
        Assert.Equal(members.Length, cells.Count(pool));
        var centroid = new double[cells.Size];
        Assert.Equal(members.Length > 0, cells.TryCentroid(pool, centroid));
        for (var k = 0; k < cells.Size && members.Length > 0; k++)
        {
            var expected = members.Average(i =>
            {
                var embedding = map.Embedding(i).ToArray();
                var length = Math.Sqrt(embedding.Sum(x => (double)x * x));
                return unit == EmbeddingNormalization.UnitLength && length > 0 ? embedding[k] / length : embedding[k];
            });
            Assert.Equal(expected, centroid[k] + cells.Mean[k], 1e-5);
        }
    }
}
