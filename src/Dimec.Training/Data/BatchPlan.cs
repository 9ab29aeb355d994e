namespace Dimec.Training.Data;

/// <summary>Which samples make each batch of an epoch: a function of the seed, the epoch and the lengths.</summary>
/// <remarks>
/// Samples are shuffled and cut into blocks of many batches; within a block they are sorted by length and cut into batches, so that hardly
/// any padding is left while who meets whom still changes from epoch to epoch; then the batches are shuffled.
/// </remarks>
internal static class BatchPlan
{
    /// <summary>Batches in a block: 64 × 32 samples leave about 1 % padding on SST-2.</summary>
    private const int BlockBatches = 64;

    /// <summary>Training batches in the order in which they run.</summary>
    public static int[][] Epoch(long seed, int epoch, int[] lengths, int batchSize)
    {
        var random = new RandomStream(seed, epoch);
        var order = Enumerable.Range(0, lengths.Length).ToArray();
        Shuffle(order, random);
        var batches = new List<int[]>();
        for (var start = 0; start < order.Length; start += BlockBatches * batchSize)
        {
            var block = order.AsSpan(start, Math.Min(BlockBatches * batchSize, order.Length - start));
            SortByLength(block, lengths);
            Cut(block, batchSize, batches);
        }

        var result = batches.ToArray();
        Shuffle(result, random);
        return result;
    }

    /// <summary>Batches for evaluation: all samples, longest first, so that memory is asked for once.</summary>
    public static List<int[]> Sorted(int[] lengths, int batchSize)
    {
        var order = Enumerable.Range(0, lengths.Length).ToArray();
        SortByLength(order, lengths);
        Array.Reverse(order);
        var batches = new List<int[]>();
        Cut(order, batchSize, batches);
        return batches;
    }

    public static int BatchesOf(int samples, int batchSize) => (samples + batchSize - 1) / batchSize;

    private static void Cut(ReadOnlySpan<int> samples, int batchSize, List<int[]> batches)
    {
        for (var start = 0; start < samples.Length; start += batchSize)
            batches.Add(samples.Slice(start, Math.Min(batchSize, samples.Length - start)).ToArray());
    }

    /// <summary>Ties keep the order they have.</summary>
    private static void SortByLength(Span<int> samples, int[] lengths)
    {
        var keys = new long[samples.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = ((long)lengths[samples[i]] << 32) | (uint)i;
        keys.AsSpan().Sort(samples);
    }

    private static void Shuffle<T>(T[] items, RandomStream random)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
