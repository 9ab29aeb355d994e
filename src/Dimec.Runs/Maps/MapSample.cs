using Dimec.Cartography;

namespace Dimec.Runs.Maps;

/// <summary>
/// A map's samples as far as a picture needs them, gathered while they stream by: all of them, or where there are more than a limit those
/// that a hash of their guids puts first, the same on every run and in every order.
/// </summary>
/// <param name="most">How many samples are kept; 1 or more.</param>
public sealed class MapSample(int most)
{
    /// <summary>The one whose hash is the largest comes out first.</summary>
    private readonly PriorityQueue<SampleMetrics, (ulong Hash, int Index)> _kept = new(
        Comparer<(ulong Hash, int Index)>.Create((a, b) => b.CompareTo(a)));

    /// <summary>How many samples went by.</summary>
    public int Count { get; private set; }

    /// <summary>The samples that were kept, in the order of their rows.</summary>
    public IReadOnlyList<SampleMetrics> Samples => [.. _kept.UnorderedItems.Select(item => item.Element).OrderBy(sample => sample.Index)];

    /// <summary>Takes a sample where it is among the first.</summary>
    /// <param name="sample">The sample.</param>
    public void Add(SampleMetrics sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        Count++;
        var place = (Hash(sample.Guid.Text), sample.Index);
        if (_kept.Count < most)
            _kept.Enqueue(sample, place);
        else
            _kept.EnqueueDequeue(sample, place);
    }

    // FNV-1a, then an avalanche, since FNV's high bits hardly move between short names that differ in their last sign.
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var sign in text)
            hash = (hash ^ sign) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
