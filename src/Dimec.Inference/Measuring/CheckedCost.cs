namespace Dimec.Inference.Measuring;

/// <summary>What a measurement predicted of a sample, and what was then observed.</summary>
/// <param name="What">What was done, e.g. <c>the plan, alone</c>.</param>
/// <param name="Unit"><c>ms</c> or <c>bytes</c>, of one sample.</param>
/// <param name="Predicted">By the measurement.</param>
/// <param name="Observed">By the medians of several passes.</param>
public sealed record CheckedCost(string What, string Unit, double Predicted, double Observed)
{
    /// <summary>
    /// How much longer the machine took, while this was observed, for batches that had been measured: 1 where it is as free as it was then.
    /// </summary>
    public double Pace { get; init; } = 1;

    /// <summary>
    /// How many of the samples ran otherwise than the plan has it, as they do where a tier knows no address to send hidden states on to,
    /// and the client begins anew: what is observed is not the plan's cost then.
    /// </summary>
    public int Otherwise { get; init; }

    /// <summary>How far the prediction is off at that pace.</summary>
    public double ErrorAtPace => Observed == 0 ? 0 : (Predicted * Pace / Observed) - 1;

    /// <summary>How far the prediction is off, of what was observed: 0.1 is 10 % too much.</summary>
    public double Error => Observed == 0 ? 0 : (Predicted / Observed) - 1;
}
