using Dimec.Policies.Fitting;
using Dimec.Policies.Hybrid;

namespace Dimec.Tests.Policies.Hybrid;

/// <summary>μ and σ predicted from e(x), against numpy's solution of the same normal equations.</summary>
public class MapRegressionTests
{
    /// <summary>numpy.linalg.solve(Zᵀ Z + 10 I, Zᵀ y) with Z the centred embeddings; see <see cref="Made"/> for the samples.</summary>
    [Fact]
    public void The_regression_is_that_of_numpy()
    {
        var map = MapRegression.Of(Made(), new FittingMemory());
        Near([0.07247226, 0.03107444, 0.00912447, 0.18633196]);
        Near([-0.02728615, -0.02087379, -0.0003736, 0.31313135], map.Variability);

        void Near(double[] expected, LinearModel? model = null)
        {
            model ??= map.Confidence;
            Assert.All(expected.Zip(model.Weights.Append(model.Bias)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    /// <summary>40 samples: embeddings and metrics from a linear congruential generator that any language has.</summary>
    private static Dimec.Pools.PoolSamples Made()
    {
        var state = 7UL;
        var (points, embeddings) = (new List<(double, double)>(), new List<float>());
        for (var sample = 0; sample < 40; sample++)
        {
            float[] row = [(float)(4 * Next()), (float)Next(), (float)(Next() - 2)];
            embeddings.AddRange(row);
            points.Add(((0.1 * row[0]) + (0.2 * row[1]) + (0.1 * Next()), 0.5 * Next()));
        }

        return RandomExits.Map(points, 3, [.. embeddings]);

        double Next()
        {
            state = unchecked((state * 6364136223846793005) + 1442695040888963407);
            return (state >> 33) / (double)(1UL << 31);
        }
    }
}
