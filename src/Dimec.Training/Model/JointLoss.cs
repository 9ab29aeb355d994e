using Dimec.Text;
using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>
/// Σ i · CE_i / Σ i over the exits, i an exit's layer number (PABEE, Zhou et al. 2020; DIMEE);
/// with distillation, CE_i gains its term for every exit but the last.
/// </summary>
internal sealed class JointLoss(IReadOnlyList<int> exits, float[]? classWeights, Distillation? distillation)
{
    private readonly double _sum = exits.Sum();

    /// <summary>
    /// The loss to go down on, and the joint loss of the answers alone; one tensor where nothing is distilled. Both are scalars.
    /// </summary>
    /// <param name="logits">Each exit's logits [B, classes].</param>
    /// <param name="labels">Class indices [B].</param>
    public (Tensor Total, Tensor Answers) Of(Tensor[] logits, long[] labels)
    {
        var target = tensor(labels);
        var weight = classWeights is null ? null : tensor(classWeights);
        var answers = Weighted(logits, exit => nn.functional.cross_entropy(exit, target, weight));
        return distillation is null || logits.Length == 1
            ? (answers, answers)
            : (answers.add(Weighted(logits[..^1], exit => distillation.Of(logits[^1], exit))), answers);
    }

    /// <summary>N / (classes · n_c) for each class c; 0 for one that has no sample.</summary>
    public static float[] BalancedWeights(Dataset dataset)
    {
        var counts = new int[dataset.Labels.Count];
        foreach (var sample in dataset.Samples)
            counts[sample.Label]++;
        return [.. counts.Select(count => count == 0 ? 0 : (float)(dataset.Samples.Count / ((double)counts.Length * count)))];
    }

    private Tensor Weighted(Tensor[] logits, Func<Tensor, Tensor> term)
    {
        Tensor? total = null;
        for (var exit = 0; exit < logits.Length; exit++)
        {
            var weighted = term(logits[exit]).mul(exits[exit] / _sum);
            total = total is null ? weighted : total.add(weighted);
        }

        return total!;
    }
}
