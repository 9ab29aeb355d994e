using CsCheck;
using Dimec.Cartography;
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
        Assert.Equal([0, 1, 2, 3, 4], new[] { (0.6, 0.1), (0.6, 0.2), (0.6, 0.3), (0.6, 0.4), (0.4, 0.1) }.Select(p =>
            five.TierOf(p.Item1, p.Item2, HardRule.LowConfidence)));
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
    public void A_tie_goes_to_the_cheaper_tier_though_it_is_the_deeper()
    {
        Assert.Equal(1, new CentroidRouter([[0, 0], [2, 0], [1, 9]], EmbeddingNormalization.None, [20, 5, 9]).Route([1, 3]));
        Assert.Equal(0, new CentroidRouter([[0, 0], [2, 0], [1, 9]], EmbeddingNormalization.None, [5, 5, 9]).Route([1, 3]));
    }

    [Fact]
    public void The_nearer_of_two_centroids_far_away_is_found_though_fp32_cannot_tell_their_distances_apart()
    {
        // Both 1e4 away; the second nearer by 1e-8 of that.
        float[] far = [1e4f, 0.02f], near = [1e4f, 0.01f];
        Assert.Equal(1, new CentroidRouter([far, near], EmbeddingNormalization.None).Route([0, 0]));
        Assert.Equal(0, new CentroidRouter([near, far], EmbeddingNormalization.None).Route([0, 0]));
    }

    [Fact]
    public void A_number_and_the_text_of_its_digits_are_one_guid()
    {
        SampleMetrics[] metrics =
        [
            new(new SampleGuid("1"), 0, 0, 0.9, 0.1, 0, 0),
            new(new SampleGuid("1", IsNumber: true), 1, 0, 0.2, 0.3, 0, 0),
        ];
        Assert.Contains("guid '1' comes twice", TextFiles.Error(() => PoolMetrics.OfOneExit(metrics, 6, null)).Problem);
        Assert.Contains(
            "guid '1' comes twice",
            TextFiles.Error(() => PoolMetrics.OfOwnExits([(2, metrics[..1]), (4, metrics)], new CartographyOptions())).Problem);
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
            var grid = new OneExitGrid(t.map.Samples, t.tiers, t.levels, t.rule);
            Compare(t.map, t.unit, grid, (i, thresholds) =>
                thresholds.TierOf(t.map.Samples.Confidence(i, 0), t.map.Samples.Variability(i, 0), t.rule));
        }, iter: 50);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_pool_of_each_tiers_own_exit_holds_what_no_cheaper_tier_took(int tiers)
    {
        var gen = from own in RandomExits.OwnMap(tiers, most: tiers > 4 ? 15 : 40)
                  from levels in Gen.Int[2, tiers > 4 ? 2 : 4]
                  from unit in Gen.Enum<EmbeddingNormalization>()
                  select (own, levels, unit);
        gen.Sample(t =>
        {
            var grid = new OwnExitsGrid(t.own.Map.Samples, tiers, t.levels);
            Compare(t.own.Map, t.unit, grid, (i, thresholds) =>
            {
                var tier = OwnTier([.. t.own.Points.Select(exit => exit[i])], thresholds.Alpha, [.. thresholds.Betas]);
                Assert.Equal(tier, t.own.Map.Samples.TierOf(i, thresholds, HardRule.LowConfidence));
                return tier;
            });
        }, iter: 20);
    }

    [Fact]
    public void Three_tiers_by_their_own_exits_are_easy_medium_hard()
    {
        // Of four samples: what the mobile's exit says of each, then what the edge's says.
        var samples = PoolMetrics.OfOwnExits(
            [
                (2, RandomExits.Metrics([(0.7, 0.2), (0.7, 0.21), (0.69, 0), (0.69, 0)])),
                (4, RandomExits.Metrics([(0.1, 0), (0.7, 0.9), (0.7, 0.9), (0.69, 0)])),
            ],
            new CartographyOptions());
        var thresholds = new PoolThresholds(0.7, [0.2]);
        Assert.Equal([0, 1, 1, 2], Enumerable.Range(0, 4).Select(i => samples.TierOf(i, thresholds, HardRule.LowConfidence)));
    }

    [Fact]
    public void Own_exits_are_joined_by_guid_and_gaps_are_named()
    {
        var first = RandomExits.Metrics([(0.1, 0), (0.2, 0)]);
        Assert.Equal(
            "dynamics of exit 4: lack guid 't1', which exit 2 has; record the same samples at every exit.",
            TextFiles.Error(() => PoolMetrics.OfOwnExits([(2, first), (4, first[..1])], new())).ToString());
        Assert.Contains(
            "hold 2 samples where exit 2 has 1",
            TextFiles.Error(() => PoolMetrics.OfOwnExits([(2, first[..1]), (4, first)], new())).Problem);
        Assert.Contains("hold no samples", TextFiles.Error(() => PoolMetrics.OfOneExit([], 6, null)).Problem);
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
        Assert.Equal(
            ["0 0", "0 1", "0 2", "1 1", "1 2", "2 2"], ThresholdCombinations.Ascending(3, 2).Select(chosen => string.Join(' ', chosen)));
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
        Assert.Contains(
            "guid 't1' has no embedding",
            TextFiles.Error(() => PoolSamples.Join(map.Samples, new SampleEmbeddings(["t0"], 1, [5]))).Problem);
        Assert.Contains(
            "guid 'x' has no metrics (first of 1)",
            TextFiles.Error(() => PoolSamples.Join(map.Samples, new SampleEmbeddings(["t0", "t1", "x"], 1, [5, 6, 7]))).Problem);
        Assert.Contains(
            "'t0' comes twice",
            TextFiles.Error(() => PoolSamples.Join(map.Samples, new SampleEmbeddings(["t0", "t0"], 1, [5, 6]))).Problem);
        Assert.Equal("embeddings", TextFiles.Error(() => _ = new SampleEmbeddings(["a"], 2, [1])).Where);
    }

    /// <summary>
    /// The definition as it stands: the first tier but the last whose own exit has μ ≥ α and σ ≤ β, without a β for the
    /// last of these; else the last tier.
    /// </summary>
    private static int OwnTier((double Mu, double Sigma)[] exits, double alpha, double[] betas)
    {
        double[] cuts = [.. betas, double.PositiveInfinity];
        var tier = Array.FindIndex([.. exits.Select((exit, t) => exit.Mu >= alpha && exit.Sigma <= cuts[t])], takes => takes);
        return tier < 0 ? exits.Length : tier;
    }

    /// <summary>Holds the pools of every combination of a grid against their members.</summary>
    private static void Compare(PoolSamples map, EmbeddingNormalization unit, PoolGrid grid, Func<int, PoolThresholds, int> tierOf)
    {
        var cells = new PoolCells(grid, map, unit);
        foreach (var (alpha, betas) in from alpha in Enumerable.Range(0, grid.Alphas.Length)
                                       from betas in grid.BetaChoices()
                                       select (alpha, betas))
        {
            var thresholds = grid.Thresholds(alpha, betas);
            var pools = grid.Pools(alpha, betas);
            Assert.Equal(thresholds.Tiers, pools.Length);
            int[] tiers = [.. Enumerable.Range(0, map.Samples.Count).Select(i => tierOf(i, thresholds))];
            for (var tier = 0; tier < pools.Length; tier++)
                Compare(map, unit, cells, cells.Layout.Terms(pools[tier]), i => tiers[i] == tier);
        }
    }

    private static void Compare(PoolSamples map, EmbeddingNormalization unit, PoolCells cells, PrefixTerm[] pool, Func<int, bool> isMember)
    {
        int[] members = [.. Enumerable.Range(0, map.Samples.Count).Where(isMember)];
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
