using Dimec.Inference.Batching;
using Dimec.Inference.Client;
using Dimec.Inference.Walks;

namespace Dimec.Inference;

/// <summary>
/// Says what the exits that have not been asked would have said: exit 0 and those of models that are here, and those of tiers at addresses.
/// </summary>
/// <param name="zero">Exit 0; null where the bundle has none.</param>
/// <param name="steps">The exits that are computed here.</param>
/// <param name="known">Exits that every sample brings.</param>
/// <param name="tiers">Tiers that are asked, with the layer of each one's exit.</param>
/// <param name="classes">Logits an exit.</param>
internal sealed class ExitSource(
    ExitZero? zero, ExitSteps steps, IEnumerable<int> known, IReadOnlyList<(RemoteTier Tier, int Exit)> tiers, int classes) : IDisposable
{
    private const int BatchRows = 16;
    private const int BatchTokens = 2048;

    /// <summary>What the models here refuse to run at once is no batch of theirs.</summary>
    private readonly int _tokensHere = Math.Min(BatchTokens, steps.MaxBatchTokens);

    /// <summary>The exits' layers, ascending, exit 0 first where there is one.</summary>
    public IReadOnlyList<int> Exits { get; } =
    [
        .. (zero is null ? (int[])[] : [0]).Concat(steps.Exits).Concat(known).Concat(tiers.Select(tier => tier.Exit)).Distinct().Order(),
    ];

    /// <summary>All exits of samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>For each the exits' logits in their order; null where one could not be had.</returns>
    /// <exception cref="InputException">A value of the tokens is out of range.</exception>
    /// <exception cref="JobException">A model failed, e.g. for want of memory.</exception>
    public async Task<float[]?[]> AllAsync(IReadOnlyList<AnsweredSample> samples, CancellationToken cancellationToken)
    {
        var said = samples.Select(sample => sample.Known.ToDictionary()).ToArray();
        foreach (var (place, sample) in samples.Index())
        {
            if (zero is not null && !said[place].ContainsKey(0) && zero.Score(sample.Row) is { } logits)
                said[place][0] = logits;
        }

        foreach (var places in Batches(samples, said, steps.Exits, _tokensHere))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (row, logits) in steps.Run([.. places.Select(place => samples[place].Row)]).Index())
            {
                foreach (var (exit, layer) in steps.Exits.Index())
                    said[places[row]].TryAdd(layer, logits.AsMemory(exit * classes, classes));
            }
        }

        foreach (var (tier, exit) in tiers)
        {
            foreach (var places in Batches(samples, said, [exit], BatchTokens))
                await AskAsync(tier, exit, samples, places, said, cancellationToken).ConfigureAwait(false);
        }

        return [.. said.Select(Row)];
    }

    public void Dispose()
    {
        foreach (var (tier, _) in tiers)
            tier.Dispose();
    }

    private async Task AskAsync(
        RemoteTier tier, int exit, IReadOnlyList<AnsweredSample> samples, int[] places, Dictionary<int, ReadOnlyMemory<float>>[] said,
        CancellationToken cancellationToken)
    {
        var (logits, _) = await tier
            .RunAsync([.. places.Select(place => samples[place].Row)], new TierOutage(), limit: null, cancellationToken)
            .ConfigureAwait(false);
        if (logits is null)
            return;
        foreach (var (row, place) in places.Index())
            said[place][exit] = logits.AsMemory(row * classes, classes);
    }

    /// <summary>The samples of which one of these exits is not known yet, in batches of like length.</summary>
    private static int[][] Batches(
        IReadOnlyList<AnsweredSample> samples, Dictionary<int, ReadOnlyMemory<float>>[] said, IReadOnlyList<int> exits, int tokens) =>
    [
        .. LengthBatches.Of(
            [.. Enumerable.Range(0, samples.Count).Where(place => exits.Any(exit => !said[place].ContainsKey(exit)))],
            place => samples[place].Row.Length, BatchRows, tokens),
    ];

    private float[]? Row(Dictionary<int, ReadOnlyMemory<float>> said)
    {
        var row = new float[Exits.Count * classes];
        foreach (var (place, exit) in Exits.Index())
        {
            if (!said.TryGetValue(exit, out var logits) || logits.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) >= 0)
                return null;
            logits.CopyTo(row.AsMemory(place * classes));
        }

        return row;
    }
}
