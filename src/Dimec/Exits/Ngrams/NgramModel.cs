using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dimec.Exits.Ngrams;

/// <summary>
/// An n-gram exit as it is served: an answer before any layer has run, in a few microseconds and without an allocation. Its weights are
/// whole numbers, and so are their sums: logits are the same on every processor. Immutable; any number of threads may use it.
/// </summary>
public sealed class NgramModel
{
    /// <summary>How many classes are added up at once.</summary>
    private const int Lanes = 8;

    /// <summary>Texts that need room for more numbers than this take it from the pool.</summary>
    private const int StackRoom = 2048;

    /// <summary>So many rows cannot be more than 32 bits hold: 2¹⁵ · 2¹⁶ is 2³¹, and no weight is −2¹⁵.</summary>
    private const int MostRows = 1 << 16;

    private readonly BucketRows _rows;
    private readonly short[] _weights;
    private readonly float[] _scales;
    private readonly float[] _bias;

    /// <param name="shape">What it is for.</param>
    /// <param name="rows">Which buckets have weights.</param>
    /// <param name="weights">A row after the other, a number a class.</param>
    /// <param name="scales">What 1 stands for, a class.</param>
    /// <param name="bias">A number a class.</param>
    internal NgramModel(NgramShape shape, BucketRows rows, ReadOnlySpan<short> weights, float[] scales, float[] bias)
    {
        (Shape, _rows, _scales, _bias) = (shape, rows, scales, bias);
        // So that whole vectors can be read of the last row as well.
        _weights = new short[weights.Length + Lanes];
        weights.CopyTo(_weights);
    }

    /// <summary>The name of the hash by which n-grams become features, as files have it.</summary>
    public static string Features => NgramHash.Name;

    /// <summary>How many classes it tells apart.</summary>
    public int Classes => Shape.Classes;

    /// <summary>Whether its texts are pairs.</summary>
    public bool HasPair => Shape.HasPair;

    /// <summary>How many buckets have weights.</summary>
    public int RowCount => _rows.Count;

    internal NgramShape Shape { get; }

    internal BucketRows Rows => _rows;

    internal ReadOnlySpan<short> Weights => _weights.AsSpan(0, _weights.Length - Lanes);

    internal ReadOnlySpan<float> Scales => _scales;

    internal ReadOnlySpan<float> Bias => _bias;

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="stream">The file's bytes, to their end.</param>
    /// <param name="where">What errors call the file.</param>
    /// <param name="tokenizer">The lower-case hexadecimal SHA-256 of the tokenizer whose ids it will get.</param>
    /// <exception cref="InputException">It is no such file, is damaged, or was trained with another tokenizer.</exception>
    public static NgramModel Read(Stream stream, string where, string tokenizer) => NgramFormat.Read(stream, where, tokenizer);

    /// <summary>Writes the file; <c>docs/ngram-exit.md</c> states its bytes.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream) => NgramFormat.Write(this, stream);

    /// <summary>Answers a text.</summary>
    /// <param name="text">The token ids of the text, or of a pair's first text, without special tokens.</param>
    /// <param name="pair">Those of a pair's second text; empty for a single text.</param>
    /// <param name="logits">Receives a logit a class.</param>
    /// <exception cref="ArgumentException">There is a pair where there can be none, or not a logit a class.</exception>
    public void Score(ReadOnlySpan<int> text, ReadOnlySpan<int> pair, Span<float> logits)
    {
        Shape.Check(pair, logits);
        var size = NgramFeatures.Room(text.Length, pair.Length, HasPair);
        if (size <= StackRoom)
        {
            Score(text, pair, logits, stackalloc int[size]);
            return;
        }

        var rented = ArrayPool<int>.Shared.Rent(size);
        var room = rented.AsSpan(0, size);
        room.Clear();
        Score(text, pair, logits, room);
        ArrayPool<int>.Shared.Return(rented);
    }

    private void Score(ReadOnlySpan<int> text, ReadOnlySpan<int> pair, Span<float> logits, Span<int> room)
    {
        var features = NgramFeatures.Collect(text, pair, HasPair, Shape.TableBits, room);
        var value = NgramFeatures.Value(features.Length);
        var rows = _rows.Replace(features);
        Span<long> sums = stackalloc long[Lanes];
        for (var start = 0; start < logits.Length; start += Lanes)
        {
            sums.Clear();
            for (var from = 0; from < rows.Length; from += MostRows)
                Add(rows[from..Math.Min(from + MostRows, rows.Length)], start, sums);
            var end = Math.Min(Lanes, logits.Length - start);
            for (var c = 0; c < end; c++)
                logits[start + c] = _bias[start + c] + (sums[c] * (_scales[start + c] * value));
        }
    }

    /// <summary>Adds up 8 classes of some rows; those beyond the last class are the next row's, and of no account.</summary>
    private void Add(ReadOnlySpan<int> rows, int start, Span<long> sums)
    {
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        var (low, high) = (Vector128<int>.Zero, Vector128<int>.Zero);
        foreach (var row in rows)
        {
            var (first, second) = Vector128.Widen(Vector128.LoadUnsafe(ref weights, (nuint)((row * Classes) + start)));
            low += first;
            high += second;
        }

        for (var c = 0; c < Vector128<int>.Count; c++)
        {
            sums[c] += low[c];
            sums[Vector128<int>.Count + c] += high[c];
        }
    }
}
