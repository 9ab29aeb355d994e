using Dimec.Exits.Stacking;
using Dimec.Predictions;

namespace Dimec.Policies.Ladder;

/// <summary>What the exits passed before a stop say of its answer.</summary>
internal struct PassedExits
{
    private int _count;
    private int _agreeing;
    private double _log;

    /// <summary>The mean of log p_j of the answer; 0 where no exit was passed.</summary>
    public readonly double MeanLog => _count == 0 ? 0 : _log / _count;

    /// <summary>The share of them that have the same answer; 1 where no exit was passed.</summary>
    public readonly double Agreement => _count == 0 ? 1 : _agreeing / (double)_count;

    /// <summary>Adds one exit.</summary>
    /// <param name="logits">Its logits.</param>
    /// <param name="answer">The stop's answer.</param>
    public void Add(ReadOnlySpan<float> logits, int answer)
    {
        double max = logits[Softmax.ArgMax(logits)];
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - max);
        _count++;
        _agreeing += Softmax.ArgMax(logits) == answer ? 1 : 0;
        _log += Math.Max(logits[answer] - max - Math.Log(sum), StackedExit.Floor);
    }
}
