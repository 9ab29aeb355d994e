namespace Dimec.Serving.Live;

/// <summary>How often which confidence was seen, in bins of a twentieth.</summary>
internal sealed class LiveConfidence
{
    /// <summary>How many bins there are between 0 and 1.</summary>
    public const int Bins = 20;

    private readonly long[] _counts = new long[Bins];

    public IReadOnlyList<long> Counts => _counts;

    public long Count { get; private set; }

    public double Sum { get; private set; }

    /// <param name="confidence">How sure an answer is, 0 to 1.</param>
    public void Add(double confidence)
    {
        _counts[Math.Clamp((int)(confidence * Bins), 0, Bins - 1)]++;
        Count++;
        Sum += confidence;
    }

    /// <param name="other">Answers that are to be here as well.</param>
    public void Add(LiveConfidence other)
    {
        for (var bin = 0; bin < Bins; bin++)
            _counts[bin] += other._counts[bin];
        Count += other.Count;
        Sum += other.Sum;
    }
}
