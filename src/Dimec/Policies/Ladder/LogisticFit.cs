using Dimec.Exits.Stacking;

namespace Dimec.Policies.Ladder;

/// <summary>
/// Logistic regression over standardised features, shrunk towards no weight at all, by Newton's method (the penalised likelihood is
/// concave, so there is one best point).
/// </summary>
internal static class LogisticFit
{
    /// <summary>What a weight of 1 of a standardised feature has to earn, twice over, in nats.</summary>
    public const double Shrinkage = 1;

    private const int MostSteps = 50;
    private const double Enough = 1e-12;

    /// <summary>Fits P(yes) = 1 / (1 + exp(−bias − Σ weight · feature)).</summary>
    /// <param name="features">[samples × features].</param>
    /// <param name="size">The number of features.</param>
    /// <param name="yes">The outcome of each sample.</param>
    public static (double Bias, double[] Weights) Of(double[] features, int size, bool[] yes)
    {
        var (means, spreads) = Standard(features, size);
        var (at, row) = (new double[size + 1], new double[size + 1]);
        row[size] = 1;
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradient, second) = (new double[size + 1], new double[(size + 1) * (size + 1)]);
            // The bias is shrunk as well, by next to nothing, so that there is a best one where all outcomes are the same.
            for (var d = 0; d <= size; d++)
            {
                var shrinkage = d < size ? Shrinkage : 1e-3;
                gradient[d] = shrinkage * at[d];
                second[(d * (size + 1)) + d] = shrinkage;
            }

            for (var sample = 0; sample < yes.Length; sample++)
            {
                for (var d = 0; d < size; d++)
                    row[d] = (features[(sample * size) + d] - means[d]) / spreads[d];
                var p = 1 / (1 + Math.Exp(-Dot(at, row)));
                Add(row, p - (yes[sample] ? 1 : 0), p * (1 - p), gradient, second);
            }

            var move = Cholesky.Solve(second, gradient);
            // No step is so long that the next one would begin where every probability is 0 or 1.
            var length = Math.Min(1, 4 / Math.Max(move.Max(Math.Abs), 1e-300));
            for (var d = 0; d <= size; d++)
                at[d] -= length * move[d];
            if (Dot(move, gradient) < Enough * yes.Length)
                break;
        }

        double[] weights = [.. at.Take(size).Zip(spreads, (weight, spread) => weight / spread)];
        return (at[size] - Dot(weights, means), weights);
    }

    private static (double[] Means, double[] Spreads) Standard(double[] features, int size)
    {
        var (count, means, squares) = (features.Length / size, new double[size], new double[size]);
        for (var i = 0; i < features.Length; i++)
            means[i % size] += features[i] / count;
        for (var i = 0; i < features.Length; i++)
            squares[i % size] += (features[i] - means[i % size]) * (features[i] - means[i % size]) / count;
        // What is the same for all samples tells nothing: its weight stays 0.
        return (means, [.. squares.Select(square => square < 1e-12 ? 1 : Math.Sqrt(square))]);
    }

    private static void Add(double[] row, double error, double curvature, double[] gradient, double[] second)
    {
        for (var d = 0; d < row.Length; d++)
        {
            gradient[d] += error * row[d];
            for (var e = 0; e < row.Length; e++)
                second[(d * row.Length) + e] += curvature * row[d] * row[e];
        }
    }

    private static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var d = 0; d < one.Length; d++)
            sum += one[d] * other[d];
        return sum;
    }
}
