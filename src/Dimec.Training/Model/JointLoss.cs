using Dimec.Text;
using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>
/// Σ i · CE_i / Σ i over the exits, i an exit's layer number (PABEE, Zhou et al. 2020; DIMEE);
/// with distillation, CE_i gains its term for every exit but the last.
/// </summary>
/// <param name="exits">The exits' layer numbers, ascending.</param>
/// <param name="classWeights">A weight a class; null for 1 each.</param>
/// <param name="distillation">Null where nothing is distilled.</param>
/// <param name="alternates">Whether every other step, the first one among them, goes down on the last exit's CE_L alone.</param>
internal sealed class JointLoss(IReadOnlyList<int> exits, float[]? classWeights, Distillation? distillation, bool alternates = false)
{
    private readonly double _sum = exits.Sum();

    /// <summary>
    /// The loss to go down on, and the joint loss of the answers alone; one tensor where these are the same. Both are scalars.
    /// </summary>
    /// <param name="logits">Each exit's logits [B, classes].</param>
    /// <param name="labels">Class indices [B].</param>
    /// <param name="step">The step's number, from 0.</param>
    public (Tensor Total, Tensor Answers) Of(Tensor[] logits, long[] labels, int step)
    {
        var target = tensor(labels);
        var weight = classWeights is null ? null : tensor(classWeights);
        Tensor[] losses = [.. logits.Select(exit => nn.functional.cross_entropy(exit, target, weight))];
        var answers = Weighted(losses);
        if (alternates && int.IsEvenInteger(step))
            return (LastAlone(losses), answers);
        return distillation is null || logits.Length == 1
            ? (answers, answers)
            : (answers.add(Weighted([.. logits[..^1].Select(exit => distillation.Of(logits[^1], exit))])), answers);
    }

    /// <summary>N / (classes · n_c) for each class c; 0 for one that has no sample.</summary>
    public static float[] BalancedWeights(Dataset dataset)
    {
        var counts = new int[dataset.Labels.Count];
        foreach (var sample in dataset.Samples)
            counts[sample.Label]++;
        return [.. counts.Select(count => count == 0 ? 0 : (float)(dataset.Samples.Count / ((double)counts.Length * count)))];
    }

    /// <summary>
    /// CE_L, of which the heads below get a gradient of zeros. So it was in BERxiT's own code, whose zero_grad left zeros behind: in such a
    /// step a head's moments fade, it moves by what is left of them, and its matrices decay; heads that were left out altogether would make
    /// half as many steps of decay and of bias correction as the encoder.
    /// </summary>
    private static Tensor LastAlone(Tensor[] losses) => losses[..^1].Aggregate(losses[^1], (sum, loss) => sum.add(loss.mul(0)));

    private Tensor Weighted(Tensor[] terms)
    {
        Tensor? total = null;
        for (var exit = 0; exit < terms.Length; exit++)
        {
            var weighted = terms[exit].mul(exits[exit] / _sum);
            total = total is null ? weighted : total.add(weighted);
        }

        return total!;
    }
}
