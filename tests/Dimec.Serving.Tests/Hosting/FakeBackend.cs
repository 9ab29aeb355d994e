using Dimec.Inference;
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
        new("edge", 4, ["sad", "glad"], Longest, 3, new string('a', 64), UsesTokenTypes: true, hasPair, PadId: 0);

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

    public void CheckValues(ReadOnlySpan<long> ids, ReadOnlySpan<long> mask, ReadOnlySpan<long> types, int rows, int length)
        => Rules().CheckValues(ids, mask, types, Description.UsesTokenTypes, rows, length);

    public void Run(Memory<long> idValues, Memory<long> maskValues, Memory<long> typeValues, int rows, int length, Span<float> logits)
    {
        var (ids, mask, types) = (idValues.ToArray(), maskValues.ToArray(), typeValues.ToArray());
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
