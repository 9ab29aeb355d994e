using Dimec.Predictions;

namespace Dimec.Training.Evaluation;

/// <summary>Accuracy of each exit on a part.</summary>
internal static class ExitAccuracy
{
    /// <summary>Share of labelled samples that each exit gets right; empty where no sample has a label.</summary>
    public static IReadOnlyDictionary<int, double> Of(RecordedExits recorded)
    {
        var labelled = Enumerable.Range(0, recorded.Count).Where(sample => recorded.Gold[sample] >= 0).ToArray();
        if (labelled.Length == 0)
            return new Dictionary<int, double>();
        return Enumerable.Range(0, recorded.Exits.Count).ToDictionary(
            exit => recorded.Exits[exit],
            exit => labelled.Count(sample => Softmax.ArgMax(recorded.Logits(sample, exit)) == recorded.Gold[sample]) / (double)labelled.Length);
    }
}
