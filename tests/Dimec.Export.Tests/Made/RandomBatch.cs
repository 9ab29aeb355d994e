using Dimec.Checkpoints;

namespace Dimec.Export.Tests.Made;

/// <summary>
/// Samples of different lengths as one padded batch; what lies in the padding is arbitrary, as foreign clients may send it.
/// </summary>
internal sealed class RandomBatch
{
    public RandomBatch(EncoderConfig config, int[] lengths, int padded, int seed)
    {
        var random = new Random(seed);
        (Lengths, Padded) = (lengths, padded);
        Ids = new long[lengths.Length * padded];
        Mask = new long[Ids.Length];
        Types = new long[Ids.Length];
        for (var i = 0; i < Ids.Length; i++)
        {
            Ids[i] = random.Next(config.VocabularySize);
            Types[i] = random.Next(Math.Max(1, config.TypeVocabularySize));
            Mask[i] = i % padded < lengths[i / padded] ? 1 : 0;
        }
    }

    public int[] Lengths { get; }

    public int Padded { get; }

    public int Count => Lengths.Length;

    public long[] Ids { get; }

    public long[] Mask { get; }

    public long[] Types { get; }

    public int[] RowIds(int row) => Row(Ids, row);

    public int[] RowTypes(int row) => Row(Types, row);

    private int[] Row(long[] values, int row) => [.. values.AsSpan(row * Padded, Lengths[row]).ToArray().Select(value => (int)value)];
}
