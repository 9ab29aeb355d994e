using Dimec.Predictions;

namespace Dimec.Exits.Ngrams;

/// <summary>What the training samples are to answer.</summary>
internal sealed class NgramTargets
{
    private readonly IReadOnlyList<NgramSample> _samples;
    private readonly float _smoothing;

    /// <exception cref="ArgumentException">A sample's target is none of so many classes.</exception>
    public NgramTargets(IReadOnlyList<NgramSample> samples, int classes, double smoothing)
    {
        (_samples, Classes, _smoothing) = (samples, classes, (float)smoothing);
        for (var i = 0; i < samples.Count; i++)
        {
            if (!IsTarget(samples[i]))
            {
                throw new ArgumentException(
                    $"Sample {i} has neither a label below {classes} nor a probability for each class, together 1.", nameof(samples));
            }
        }
    }

    public int Classes { get; }

    /// <summary>Makes of a sample's logits the gradient of its loss, softmax(z) − target.</summary>
    /// <returns>The loss, −Σ target · ln softmax(z).</returns>
    public double ToGradient(int sample, Span<float> logits)
    {
        Softmax.Probabilities(logits, logits);
        var distribution = _samples[sample].Distribution;
        var rest = _smoothing / Classes;
        var loss = 0.0;
        for (var c = 0; c < Classes; c++)
        {
            var wanted = distribution is null ? (c == _samples[sample].Label ? 1 : 0) : distribution[c];
            var target = ((1 - _smoothing) * wanted) + rest;
            if (target > 0)
                loss -= target * MathF.Log(Math.Max(logits[c], float.Epsilon));
            logits[c] -= target;
        }

        return loss;
    }

    private bool IsTarget(NgramSample sample)
    {
        if (sample.Distribution is not { } distribution)
            return (uint)sample.Label < (uint)Classes;
        var sum = 0.0;
        foreach (var probability in distribution)
        {
            if (!(probability is >= 0 and <= 1))
                return false;
            sum += probability;
        }

        return distribution.Length == Classes && Math.Abs(sum - 1) < 1e-3;
    }
}
