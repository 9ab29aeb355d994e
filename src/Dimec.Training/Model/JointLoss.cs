using Dimec.Text;
using static TorchSharp.torch;

namespace Dimec.Training.Model;

/// <summary>Σ i · CE_i / Σ i over the exits, i an exit's layer number (PABEE, Zhou et al. 2020; DIMEE).</summary>
internal sealed class JointLoss(IReadOnlyList<int> exits, float[]? classWeights)
{
    private readonly double _sum = exits.Sum();

    /// <summary>The joint loss, a scalar.</summary>
    /// <param name="logits">Each exit's logits [B, classes].</param>
    /// <param name="labels">Class indices [B].</param>
    public Tensor Of(Tensor[] logits, long[] labels)
    {
        var target = tensor(labels);
        var weight = classWeights is null ? null : tensor(classWeights);
        Tensor? total = null;
        for (var exit = 0; exit < logits.Length; exit++)
        {
            var weighted = nn.functional.cross_entropy(logits[exit], target, weight).mul(exits[exit] / _sum);
            total = total is null ? weighted : total.add(weighted);
        }

        return total!;
    }

    /// <summary>N / (classes · n_c) for each class c; 0 for one that has no sample.</summary>
    public static float[] BalancedWeights(Dataset dataset)
    {
        var counts = new int[dataset.Labels.Count];
        foreach (var sample in dataset.Samples)
            counts[sample.Label]++;
        return [.. counts.Select(count => count == 0 ? 0 : (float)(dataset.Samples.Count / ((double)counts.Length * count)))];
    }
}
