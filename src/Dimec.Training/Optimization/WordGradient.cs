using System.Numerics.Tensors;
using Dimec.Training.Data;

namespace Dimec.Training.Optimization;

/// <summary>The word table's gradient of one batch: a row for each distinct token, summed over the places where it stands.</summary>
internal sealed class WordGradient
{
    private readonly int[] _order;
    private readonly int[] _starts;
    private readonly int _hidden;

    /// <summary>Sums the gradient of the gathered rows.</summary>
    /// <param name="batch">The batch; its padding token gets no gradient, as in Hugging Face's <c>padding_idx</c>.</param>
    /// <param name="gathered">Gradient of the gathered rows, [B·T, H].</param>
    /// <param name="hidden">H.</param>
    public WordGradient(Batch batch, ReadOnlySpan<float> gathered, int hidden)
    {
        _hidden = hidden;
        (Tokens, _order, _starts) = Group(batch);
        Values = new float[Tokens.Length * hidden];
        for (var token = 0; token < Tokens.Length; token++)
        {
            var sum = Values.AsSpan(token * hidden, hidden);
            for (var place = _starts[token]; place < _starts[token + 1]; place++)
                TensorPrimitives.Add(sum, gathered.Slice(_order[place] * hidden, hidden), sum);
        }
    }

    /// <summary>The distinct tokens, ascending.</summary>
    public int[] Tokens { get; }

    /// <summary>Their gradients, [tokens × H].</summary>
    public float[] Values { get; }

    public Memory<float> Row(int token) => Values.AsMemory(token * _hidden, _hidden);

    private static (int[] Tokens, int[] Order, int[] Starts) Group(Batch batch)
    {
        var places = Enumerable.Range(0, batch.Ids.Length).Where(place => batch.Ids[place] != batch.PadId).ToArray();
        // The place breaks ties, so the sums are always taken in the same order.
        Array.Sort(places, (a, b) => batch.Ids[a] != batch.Ids[b] ? batch.Ids[a].CompareTo(batch.Ids[b]) : a.CompareTo(b));
        var tokens = new List<int>();
        var starts = new List<int>();
        for (var i = 0; i < places.Length; i++)
        {
            var id = (int)batch.Ids[places[i]];
            if (tokens.Count == 0 || tokens[^1] != id)
            {
                tokens.Add(id);
                starts.Add(i);
            }
        }

        starts.Add(places.Length);
        return ([.. tokens], places, [.. starts]);
    }
}
