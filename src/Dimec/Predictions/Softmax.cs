namespace Dimec.Predictions;

/// <summary>
/// From logits to probabilities, in fp32 and shifted by the largest logit, so that saturated logits neither overflow nor become NaN.
/// </summary>
public static class Softmax
{
    /// <summary>The class with the largest logit; the first of equals, as numpy and PyTorch choose.</summary>
    /// <param name="logits">The logits of one exit, one a class; at least one.</param>
    public static int ArgMax(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
                best = i;
        }

        return best;
    }

    /// <summary>The probability of one class: exp(z_c / T) / Σ exp(z / T).</summary>
    /// <param name="logits">The logits of one exit, one a class.</param>
    /// <param name="label">The class, from 0.</param>
    /// <param name="temperature">T &gt; 0, by which the logits are divided; 1 leaves them as they are.</param>
    public static float Probability(ReadOnlySpan<float> logits, int label, float temperature = 1)
    {
        var max = logits[ArgMax(logits)];
        var sum = 0f;
        foreach (var logit in logits)
            sum += Weight(logit, max, temperature);
        return Weight(logits[label], max, temperature) / sum;
    }

    /// <summary>The confidence C(x) of an exit: the largest of its probabilities (method section 1).</summary>
    /// <param name="logits">The logits of one exit, one a class.</param>
    /// <param name="temperature">T &gt; 0, by which the logits are divided; 1 leaves them as they are.</param>
    public static float Confidence(ReadOnlySpan<float> logits, float temperature = 1) =>
        Probability(logits, ArgMax(logits), temperature);

    /// <summary>The entropy −Σ p ln p of an exit's probabilities, in nats: 0 (sure) to ln of the number of classes (no idea).</summary>
    /// <param name="logits">The logits of one exit, one a class.</param>
    public static float Entropy(ReadOnlySpan<float> logits)
    {
        // With s = Σ exp(z − max), −Σ p ln p = ln s − Σ exp(z − max) (z − max) / s, in which no probability can be 0.
        var max = logits[ArgMax(logits)];
        var (sum, weighted) = (0f, 0f);
        foreach (var logit in logits)
        {
            var weight = MathF.Exp(logit - max);
            // Of a logit too far below the largest the difference may be infinite, and 0 · ∞ is no number: what has no weight adds nothing.
            if (weight == 0)
                continue;
            sum += weight;
            weighted += weight * (logit - max);
        }

        return Math.Max(0, MathF.Log(sum) - (weighted / sum));
    }

    /// <summary>All probabilities of an exit.</summary>
    /// <param name="logits">The logits of one exit, one a class.</param>
    /// <param name="probabilities">Receives as many probabilities.</param>
    public static void Probabilities(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        var max = logits[ArgMax(logits)];
        var sum = 0f;
        for (var i = 0; i < logits.Length; i++)
            sum += probabilities[i] = MathF.Exp(logits[i] - max);
        for (var i = 0; i < logits.Length; i++)
            probabilities[i] /= sum;
    }

    /// <summary>exp((z − max) / T): 1 for the largest, whatever T.</summary>
    private static float Weight(float logit, float max, float temperature) => logit == max ? 1 : MathF.Exp((logit - max) / temperature);
}
