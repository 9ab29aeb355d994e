using System.Collections.Concurrent;
using Dimec.Costs;
using Dimec.Inference.Batching;
using Dimec.Policies;

namespace Dimec.Inference.Client;

/// <summary>
/// One call: every text asks the policy for its next tier, texts bound for one tier travel together, and so on until all are answered.
/// The policy decides a text at a time; what is batched with it changes nothing.
/// </summary>
internal sealed class ClassifyCall(TierSet tiers, IPolicy policy, DimecClientOptions options)
{
    /// <summary>Tiers that failed in this call are not asked again in it: one deadline is waited for, not one a batch.</summary>
    private readonly ConcurrentDictionary<int, TierOutage> _outages = new();

    public async Task RunAsync(IReadOnlyList<SampleProgress> samples, CancellationToken cancellationToken)
    {
        var open = Step(samples);
        while (open.Count > 0)
        {
            await Task.WhenAll(open.GroupBy(sample => sample.Next).Select(group => group.Key == 0
                ? RunLocalAsync([.. group], cancellationToken)
                : RunRemoteAsync(group.Key, [.. group], cancellationToken))).ConfigureAwait(false);
            open = Step(open);
        }
    }

    private List<SampleProgress> Step(IReadOnlyList<SampleProgress> samples)
    {
        foreach (var sample in samples)
            sample.Step(policy, FailureOf, tiers.Count);
        return [.. samples.Where(sample => !sample.IsDone)];
    }

    private TierFailure? FailureOf(int tier) => tiers.NotConfigured(tier) ?? _outages.GetValueOrDefault(tier)?.Failure;

    private Task RunLocalAsync(SampleProgress[] samples, CancellationToken cancellationToken)
        => tiers.Local.RunAsync(
            [.. Enumerable.Range(0, samples.Length)], place => samples[place].Text,
            (place, logits) => samples[place].Arrive(new Visit(TierWork.OfText(0, tiers.ExitOf(0)), logits)),
            (place, failure) => samples[place].Fail(failure), cancellationToken);

    private Task RunRemoteAsync(int tier, SampleProgress[] samples, CancellationToken cancellationToken)
        => Task.WhenAll(LengthBatches
            .Of([.. Enumerable.Range(0, samples.Length)], place => samples[place].Text.Ids.Length, options.MaxBatch, options.MaxBatchTokens)
            .Select(batch => RunBatchAsync(tier, [.. batch.Select(place => samples[place])], cancellationToken)));

    private async Task RunBatchAsync(int tier, SampleProgress[] samples, CancellationToken cancellationToken)
    {
        var (logits, _) = await tiers.Remote(tier)
            .RunAsync([.. samples.Select(sample => sample.Text)], _outages.GetOrAdd(tier, _ => new TierOutage()), cancellationToken)
            .ConfigureAwait(false);
        // Not visited: the next step finds the tier down and another one in its place.
        if (logits is null)
            return;

        var classes = logits.Length / samples.Length;
        for (var row = 0; row < samples.Length; row++)
            samples[row].Arrive(new Visit(TierWork.OfText(tier, tiers.ExitOf(tier)), logits.AsMemory(row * classes, classes)));
    }
}
