namespace Dimec.Statistics.Bounds;

/// <summary>
/// A test of "the mean loss of samples like these is at least so much", valid for every number of samples. Implementations are immutable.
/// </summary>
public interface IRiskBound
{
    /// <summary>The name by which it is chosen and which a promise keeps.</summary>
    string Name { get; }

    /// <summary>The publication that the formula is from.</summary>
    string Source { get; }

    /// <summary>Whether losses may be −1 too; else they are 0 or 1.</summary>
    bool TakesSigned { get; }

    /// <summary>
    /// The p-value of "the mean is <paramref name="limit"/> or more": where that is true, it is at most α with a probability of at most α,
    /// for every α.
    /// </summary>
    /// <param name="tally">Losses of independent samples; 1 for none at all.</param>
    /// <param name="limit">0 … 1, and for signed losses −1 … 1.</param>
    /// <returns>0 … 1; it never rises with the limit.</returns>
    double PValue(LossTally tally, double limit);
}
