using Dimec.Predictions;

namespace Dimec.Exits.Stacking;

/// <summary>
/// Fits stacked exits where the exits have not been trained: the weights and biases under which the true classes of a part are likeliest,
/// shrunk towards the exit as it is (a_j = 0 but 1 for the exit that answers, c = 0). That likelihood is concave, so there is one best
/// point; Newton's method finds it.
/// </summary>
internal static class ExitStacker
{
    /// <summary>How many samples' worth a deviation of a weight by 1 has to earn (twice over, in nats).</summary>
    public const double WeightShrinkage = 1;

    /// <summary>The same of a class's bias: there are many of these, and each is seen by its own class's samples alone.</summary>
    public const double BiasShrinkage = 20;

    /// <summary>Beyond this many classes there are no biases: they would be more than few numbers.</summary>
    public const int MostBiases = 64;

    private const int MostSteps = 50;
    private const double Enough = 1e-14;

    /// <summary>Fits one stacked exit.</summary>
    /// <param name="part">Samples with known classes; those without one are left out.</param>
    /// <param name="inputs">The exits passed, by their layers and ascending, 0 for exit 0; the last answers.</param>
    public static StackedExit Fit(RecordedExits part, IReadOnlyList<int> inputs)
    {
        int[] samples = [.. Enumerable.Range(0, part.Count).Where(sample => part.Gold[sample] >= 0)];
        var plain = StackedExit.Plain(inputs);
        if (samples.Length == 0)
            return plain;
        var likelihood = new StackedLikelihood(part, inputs, samples, part.Classes <= MostBiases ? part.Classes : 0);
        double[] at = [.. plain.Weights, .. new double[likelihood.Biases]];
        var loss = likelihood.Loss(at);
        for (var step = 0; step < MostSteps; step++)
        {
            var (direction, decrement) = likelihood.Newton(at);
            if (decrement < Enough * samples.Length)
                break;
            var (next, nextLoss) = Descend(likelihood, at, loss, direction, decrement);
            if (nextLoss >= loss)
                break;
            (at, loss) = (next, nextLoss);
        }

        return new StackedExit { Inputs = [.. inputs], Weights = at[..inputs.Count], Bias = at[inputs.Count..] };
    }

    /// <summary>Halves the step until it gains a share of what its slope promises.</summary>
    private static (double[] At, double Loss) Descend(
        StackedLikelihood likelihood, double[] at, double loss, double[] direction, double decrement)
    {
        for (var length = 1.0; length > 1e-6; length /= 2)
        {
            double[] next = [.. at.Zip(direction, (value, move) => value - (length * move))];
            if (likelihood.Loss(next) is var found && found <= loss - (1e-4 * length * decrement))
                return (next, found);
        }

        return (at, loss);
    }
}
