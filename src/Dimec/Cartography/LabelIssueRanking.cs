namespace Dimec.Cartography;

/// <summary>
/// The samples whose label is likeliest wrong. On the data map they lie in the hard-to-learn corner (Swayamdipta et al. 2020, section 5):
/// the model gives the label little probability in every epoch, so confidence μ is low, and it does not waver, so variability σ is low too.
/// Hence the lowest μ first, of equal μ the lowest σ, then the order of the rows. Samples whose own label the epochs prefer come after all
/// others: with several classes a low μ may still be the largest share.
/// </summary>
/// <remarks>Creates an empty list. It holds no more than <paramref name="count"/> samples, however many are added.</remarks>
/// <param name="count">How many samples are kept at most; 1 or more.</param>
public sealed class LabelIssueRanking(int count)
{
    private static readonly Comparer<SampleDynamics> s_order = Comparer<SampleDynamics>.Create((a, b) => Key(a).CompareTo(Key(b)));

    /// <summary>The least suspicious one comes out first.</summary>
    private readonly PriorityQueue<SampleDynamics, SampleDynamics> _kept = new(
        Comparer<SampleDynamics>.Create((a, b) => s_order.Compare(b, a)));

    /// <summary>The samples, the likeliest first; fewer than asked for where there are fewer samples.</summary>
    public IReadOnlyList<SampleDynamics> Ranked => [.. _kept.UnorderedItems.Select(item => item.Element).Order(s_order)];

    /// <summary>Adds a sample, and forgets the least suspicious one where there are too many.</summary>
    /// <param name="sample">The sample.</param>
    public void Add(SampleDynamics sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        if (_kept.Count < count)
            _kept.Enqueue(sample, sample);
        else
            _kept.EnqueueDequeue(sample, sample);
    }

    private static (bool, double, double, int) Key(SampleDynamics sample) =>
        (sample.Preferred == sample.Gold, sample.Metrics.Confidence, sample.Metrics.Variability, sample.Metrics.Index);
}
