namespace Dimec.Policies.RecServe;

/// <summary>The last confidences that a tier has seen, kept in order.</summary>
/// <param name="size">How many are kept.</param>
internal sealed class RecentConfidences(int size)
{
    private readonly Queue<double> _recent = [];
    private readonly List<double> _sorted = [];

    /// <summary>Adds one; the oldest goes where there are too many.</summary>
    /// <param name="confidence">The confidence.</param>
    public void Add(double confidence)
    {
        if (_recent.Count == size)
            _sorted.RemoveAt(_sorted.BinarySearch(_recent.Dequeue()));
        _recent.Enqueue(confidence);
        var place = _sorted.BinarySearch(confidence);
        _sorted.Insert(place < 0 ? ~place : place, confidence);
    }

    /// <summary>A quantile of those that are kept, linear between neighbours.</summary>
    /// <param name="share">0 … 1.</param>
    public double Quantile(double share)
    {
        var place = share * (_sorted.Count - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, _sorted.Count - 1);
        return _sorted[below] + ((place - below) * (_sorted[above] - _sorted[below]));
    }
}
