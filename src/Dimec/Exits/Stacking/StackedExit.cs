using Dimec.Predictions;

namespace Dimec.Exits.Stacking;

/// <summary>
/// An exit whose answer is combined with those of the exits that a sample passed before it (method section 9):
/// log p ∝ Σ_j a_j · log p_j + c, with a weight an exit and a bias a class. It belongs to a plan: logits stay as they are on the wire and
/// in predictions.
/// </summary>
public sealed record StackedExit
{
    /// <summary>No log p_j counts as less: what is as good as impossible to one exit does not silence the others.</summary>
    public const double Floor = -100;

    /// <summary>The exits that are combined, by their layers and ascending, 0 for exit 0; the last is the one that answers.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>a_j: a weight for each of <see cref="Inputs"/>; finite.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>c: a bias for each class, finite; empty where there is none.</summary>
    public IReadOnlyList<double> Bias { get; init; } = [];

    /// <summary>Whether the exit is left as it is, so that its own answer is the answer.</summary>
    public bool IsPlain => Bias.Count == 0 && Weights[^1] == 1 && Weights.SkipLast(1).All(weight => weight == 0);

    /// <summary>The exit alone, as it is.</summary>
    /// <param name="inputs">The exits passed, ascending; the last answers.</param>
    public static StackedExit Plain(IReadOnlyList<int> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfZero(inputs.Count);
        return new StackedExit { Inputs = inputs, Weights = [.. inputs.Select((_, place) => place == inputs.Count - 1 ? 1.0 : 0.0)] };
    }

    /// <summary>Begins a sample: c alone.</summary>
    /// <param name="scores">Receives one number a class.</param>
    public void Begin(Span<double> scores)
    {
        scores.Clear();
        for (var label = 0; label < Bias.Count; label++)
            scores[label] = Bias[label];
    }

    /// <summary>Adds one exit's answer.</summary>
    /// <param name="place">The exit's place in <see cref="Inputs"/>.</param>
    /// <param name="logits">Its logits, one a class.</param>
    /// <param name="scores">What has been added so far.</param>
    public void Add(int place, ReadOnlySpan<float> logits, Span<double> scores)
    {
        var weight = Weights[place];
        if (weight == 0)
            return;
        // log p_j and z_j − max differ by the same number in every class, which no answer depends on.
        double max = logits[Softmax.ArgMax(logits)];
        for (var label = 0; label < logits.Length; label++)
            scores[label] += weight * Math.Max(logits[label] - max, Floor);
    }

    /// <summary>The answer, once every input has been added.</summary>
    /// <param name="scores">One number a class.</param>
    public static ExitAnswer Answer(ReadOnlySpan<double> scores)
    {
        var best = 0;
        for (var label = 1; label < scores.Length; label++)
        {
            if (scores[label] > scores[best])
                best = label;
        }

        var sum = 0.0;
        foreach (var score in scores)
            sum += Math.Exp(score - scores[best]);
        return new ExitAnswer(best, (float)(1 / sum));
    }
}
