using Dimec.Costs.Measured;
using Dimec.Inference.Batching;
using Dimec.Inference.Walks;
using Dimec.Policies;

namespace Dimec.Inference.Measuring;

/// <summary>
/// Samples of any length and number, made of the tokens of real texts: what a model takes depends on shapes, not on words.
/// </summary>
internal sealed class SampleRows
{
    private readonly long[] _ids;
    private readonly ModelShape _shape;

    /// <param name="bundle">The bundle.</param>
    /// <param name="texts">At least one.</param>
    public SampleRows(Bundle bundle, IReadOnlyList<TextInput> texts)
    {
        _shape = bundle.Shape;
        var encoded = texts
            .Select(text => bundle.Tokenizer.Encode(text.Text, text.Pair, bundle.Manifest.MaxLength).Ids)
            .ToArray();
        Lengths = [.. encoded.Select(ids => ids.Length)];
        _ids = [.. encoded.SelectMany(ids => ids.ToArray()).Select(id => (long)id)];
    }

    /// <summary>Tokens of each text.</summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>The texts' lengths in up to three groups as large as each other, each at its mean.</summary>
    public IReadOnlyList<MeasuredBucket> Buckets()
    {
        const int Groups = 3;
        int[] sorted = [.. Lengths.Order()];
        return [.. sorted
            .Index()
            .GroupBy(text => text.Index * Groups / sorted.Length)
            .Select(group => (Tokens: (int)Math.Round(group.Average(text => text.Item)), Count: group.Count()))
            .GroupBy(group => group.Tokens)
            .Select(group => new MeasuredBucket(group.Key, group.Sum(part => part.Count) / (double)sorted.Length))
            .OrderBy(bucket => bucket.Tokens)];
    }

    /// <summary>Samples of one length, on their way.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="tokens">Tokens of each.</param>
    /// <param name="passed">The exits that each has passed.</param>
    public IReadOnlyList<SampleProgress> Samples(int rows, int tokens, IReadOnlyList<Visit> passed) =>
        [.. Enumerable.Range(0, rows).Select(row => new SampleProgress($"{row}", Row(tokens), [], passed))];

    /// <summary>The same with made-up hidden states after a layer.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="tokens">Tokens of each.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="passed">The exits that each has passed.</param>
    public IReadOnlyList<SampleProgress> SamplesWithStates(int rows, int tokens, int layer, IReadOnlyList<Visit> passed)
    {
        var samples = Samples(rows, tokens, passed);
        foreach (var sample in samples)
            sample.Bring(new HiddenState(layer, States(tokens)));
        return samples;
    }

    /// <summary>Rows of one length, with made-up hidden states of their tokens where these are what is run.</summary>
    public IReadOnlyList<TierRow> Rows(int rows, int tokens, bool hidden) =>
        [.. Enumerable.Repeat(hidden ? Row(tokens) with { Hidden = States(tokens) } : Row(tokens), rows)];

    private TierRow Row(int tokens)
    {
        var (ids, mask) = (new long[tokens], new long[tokens]);
        for (var i = 0; i < tokens; i++)
            (ids[i], mask[i]) = (_ids[i % _ids.Length], 1);
        return new TierRow(mask) { Ids = ids, Types = _shape.UsesTokenTypes ? new long[tokens] : default };
    }

    private float[] States(int tokens)
    {
        var states = new float[tokens * _shape.HiddenSize];
        for (var i = 0; i < states.Length; i++)
            states[i] = ((i * 37) % 101 / 50f) - 1;
        return states;
    }
}
