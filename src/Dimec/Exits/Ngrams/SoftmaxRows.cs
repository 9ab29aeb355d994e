using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dimec.Exits.Ngrams;

/// <summary>The weights of a linear softmax in fp32: a row a feature, a number a class, and the bias.</summary>
internal sealed class SoftmaxRows
{
    private readonly float[] _weights;
    private readonly int _rows;

    /// <exception cref="InputException">They are more than an array can hold.</exception>
    public SoftmaxRows(int rows, int classes)
    {
        (_rows, Classes, Stride) = (rows, classes, (classes + 3) & ~3);
        var size = (rows + 1L) * Stride;
        if (size > Array.MaxLength)
        {
            throw new InputException(
                OptionNames.Of<NgramOptions>(nameof(NgramOptions.TableBits)),
                $"lets {rows} different n-grams have a weight for each of {classes} classes, which are more than fit into memory",
                "choose a smaller table");
        }

        _weights = new float[size];
    }

    public int Classes { get; }

    /// <summary>The numbers of a row in memory: the classes, and zeros up to a whole vector.</summary>
    public int Stride { get; }

    /// <summary>The bias, a row like the others: the one after the last.</summary>
    public Span<float> Bias => Row(_rows);

    public Span<float> Row(int row) => _weights.AsSpan(row * Stride, Stride);

    /// <summary>z = Σ W_f · scale + b.</summary>
    /// <param name="rows">The rows of the features.</param>
    /// <param name="scale">The value of a feature.</param>
    /// <param name="logits">Receives <see cref="Stride"/> numbers.</param>
    public void Score(ReadOnlySpan<int> rows, float scale, Span<float> logits)
    {
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        for (var c = 0; c < Stride; c += Vector128<float>.Count)
        {
            var sum = Vector128<float>.Zero;
            foreach (var row in rows)
                sum += Vector128.LoadUnsafe(ref weights, (nuint)((row * Stride) + c));
            var bias = Vector128.Create<float>(Bias[c..]);
            (bias + (sum * scale)).CopyTo(logits[c..]);
        }
    }

    /// <summary>Adds a multiple of a direction to a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="factor">The multiple.</param>
    /// <param name="direction"><see cref="Stride"/> numbers, zeros beyond the classes.</param>
    public void Add(int row, float factor, ReadOnlySpan<float> direction)
    {
        var weights = Row(row);
        for (var c = 0; c < weights.Length; c += Vector128<float>.Count)
        {
            var sum = Vector128.Create<float>(weights[c..]) + (Vector128.Create(direction[c..]) * factor);
            sum.CopyTo(weights[c..]);
        }
    }
}
