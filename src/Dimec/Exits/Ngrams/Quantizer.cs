using System.Numerics.Tensors;

namespace Dimec.Exits.Ngrams;

/// <summary>
/// From weights in fp32 to the whole numbers that are served: of 16 bits where the file has room for them, which moves next to no answer,
/// else of 8 bits.
/// </summary>
internal static class Quantizer
{
    /// <summary>The largest number that a weight of 8 bits is.</summary>
    public const int LargestByte = 127;

    /// <summary>
    /// Weights of 8 bits are multiples of a power of two, each row's own: rare n-grams have small weights, which rounded by the scale of
    /// the largest would be a few steps. This is the largest exponent.
    /// </summary>
    public const int MostExponent = 7;

    public static NgramModel Quantize(NgramWeights weights, int maxBytes)
    {
        var shape = weights.Shape with { IsWide = true };
        if (NgramFormat.Length(shape, weights.RowCount) > maxBytes)
            shape = shape with { IsWide = false };
        var room = (maxBytes - NgramFormat.Length(shape, rows: 0)) / NgramFormat.RowLength(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(room, 1, nameof(maxBytes));
        var kept = Kept(weights, (int)Math.Min(room, int.MaxValue));
        var scales = Scales(weights, kept, shape.IsWide ? short.MaxValue : LargestByte << MostExponent);

        var words = new ulong[shape.Words];
        var values = new List<short>();
        var rounded = new short[shape.Classes];
        var row = 0;
        foreach (var bucket in weights.Rows.Buckets())
        {
            if (kept[row] && Round(weights.Row(row), scales, shape.IsWide, rounded))
            {
                words[bucket >> 6] |= 1UL << (bucket & 63);
                values.AddRange(rounded);
            }

            row++;
        }

        return new NgramModel(shape, new BucketRows(words), values.ToArray(), scales, weights.Bias.ToArray());
    }

    /// <summary>The least exponent of a power of two by which a number is one of 8 bits, rounded.</summary>
    public static int Exponent(float largest)
    {
        var exponent = 0;
        while (exponent < MostExponent && MathF.Round(largest / (1 << exponent)) > LargestByte)
            exponent++;
        return exponent;
    }

    /// <summary>
    /// Which rows are kept where not all can be: those of the largest Σ w² · count, which is what leaving a row out adds to the squared
    /// error of the training samples' logits, but for the 1/n that it is weighed with.
    /// </summary>
    private static bool[] Kept(NgramWeights weights, int most)
    {
        var kept = new bool[weights.RowCount];
        Array.Fill(kept, true);
        if (kept.Length <= most)
            return kept;
        var effects = new double[kept.Length];
        for (var row = 0; row < effects.Length; row++)
            effects[row] = weights.Counts[row] * (double)TensorPrimitives.SumOfSquares(weights.Row(row));
        // The order of equals is that of the rows.
        foreach (var row in Enumerable.Range(0, kept.Length).OrderByDescending(row => effects[row]).Skip(most))
            kept[row] = false;
        return kept;
    }

    /// <summary>What 1 stands for, a class.</summary>
    private static float[] Scales(NgramWeights weights, bool[] kept, int largest)
    {
        var scales = new float[weights.Classes];
        for (var row = 0; row < kept.Length; row++)
        {
            var values = weights.Row(row);
            for (var c = 0; kept[row] && c < scales.Length; c++)
                scales[c] = Math.Max(scales[c], Math.Abs(values[c]) / largest);
        }

        return scales;
    }

    /// <summary>Rounds a row.</summary>
    /// <returns>Whether anything is left of it.</returns>
    private static bool Round(ReadOnlySpan<float> row, float[] scales, bool isWide, short[] rounded)
    {
        var largest = 0f;
        for (var c = 0; c < rounded.Length; c++)
            largest = Math.Max(largest, Math.Abs(Steps(row[c], c)));
        var exponent = isWide ? 0 : Exponent(largest);
        var most = isWide ? short.MaxValue : LargestByte;
        for (var c = 0; c < rounded.Length; c++)
        {
            var steps = Math.Clamp(MathF.Round(Steps(row[c], c) / (1 << exponent)), -most, most);
            rounded[c] = (short)((int)steps << exponent);
        }

        return rounded.AsSpan().ContainsAnyExcept((short)0);

        // A scale that is smaller than the smallest fp32 is 0, and so are its weights.
        float Steps(float weight, int c) => scales[c] == 0 ? 0 : weight / scales[c];
    }
}
