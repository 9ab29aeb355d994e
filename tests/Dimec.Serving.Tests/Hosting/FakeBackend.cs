using Dimec.Bundles;
using Dimec.Inference;
using Dimec.Inference.Batching;
using Dimec.Serving.Backends;
using Dimec.Text;

namespace Dimec.Serving.Tests.Hosting;

/// <summary>
/// A model of two classes whose logits can be worked out by hand (the sum of a row's ids, and its number of tokens), and which misbehaves
/// on demand as no real one can be made to.
/// </summary>
internal sealed class FakeBackend(bool hasPair = false) : ITierBackend
{
    private const int Longest = 16;

    private int _runs;

    public TierDescription Description { get; init; } =
        new(
            "edge", 4, ["sad", "glad"], Longest, 3, new string('a', 64), hasPair, new ModelShape(2, 1, 0, UsesTokenTypes: true),
            [new ServedStretch(new LayerStretch(0, 4), GivesHidden: false)]);

    public Bundle? Bundle => null;

    /// <summary>What the fake's "model" accepts, checked as a real one does.</summary>
    public int MaxTokens { get; init; } = 32_768;

    /// <summary>Called in every run, on the worker.</summary>
    public Action OnRun { get; set; } = () => { };

    public float Offset { get; set; }

    public int Runs => Volatile.Read(ref _runs);

    public bool Disposed { get; private set; }

    public TokenizedText Encode(string text, string? pair)
    {
        var ids = text.Concat(pair ?? "").Select(letter => letter % 1000).Prepend(101).Take(Longest).ToArray();
        return new TokenizedText(ids, new int[ids.Length], text.Length >= Longest);
    }

    public void CheckValues(int from, TierInput input)
        => Rules().CheckValues(input.Ids.Span, input.Mask.Span, input.Types.Span, true, input.Batch, input.Length);

    public void Run(LayerStretch layers, TierInput input, Span<float> logits, Span<float> hidden)
    {
        var (rows, length) = (input.Batch, input.Length);
        var (ids, mask, types) = (input.Ids.ToArray(), input.Mask.ToArray(), input.Types.ToArray());
        Interlocked.Increment(ref _runs);
        OnRun();
        Rules().Check(ids, mask, types, true, rows, length);
        for (var row = 0; row < rows; row++)
        {
            var (sum, count) = (0L, 0L);
            for (var i = row * length; i < (row + 1) * length; i++)
                (sum, count) = (sum + (ids[i] * mask[i]) + types[i], count + mask[i]);
            (logits[row * 2], logits[(row * 2) + 1]) = ((sum / 100f) + Offset, count);
        }
    }

    public void Dispose() => Disposed = true;

    private TierInputRules Rules() => new(1000, Longest, 2, MaxTokens);
}
