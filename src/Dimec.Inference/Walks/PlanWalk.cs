using System.Collections.Concurrent;
using Dimec.Costs;
using Dimec.Inference.Batching;
using Dimec.Policies;

namespace Dimec.Inference.Walks;

/// <summary>
/// One call: every sample asks the policy for its next step, samples bound for the same layers travel together, and so on until all are
/// done. In a batch the sure leave and the unsure regroup. The policy decides a sample at a time; what is batched with it changes nothing.
/// </summary>
/// <param name="tiers">The tiers, as this process has them.</param>
/// <param name="here">Runs the layers of the one that this process is.</param>
/// <param name="policy">The plan's policy.</param>
/// <param name="options">How other tiers are asked.</param>
/// <param name="limit">Says how long the caller still waits, of which other tiers take no more; null: it does not say.</param>
internal sealed class PlanWalk(
    TierSet tiers, IStretchRunner here, IPolicy policy, DimecClientOptions options, Func<TimeSpan>? limit = null)
{
    /// <summary>Tiers that failed in this call are not asked again in it: one deadline is waited for, not one a batch.</summary>
    private readonly ConcurrentDictionary<int, TierOutage> _outages = new();

    /// <summary>Goes on with samples until all are done.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="first">What all of them begin with; null: what the policy says.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for it any more.</param>
    public async Task RunAsync(IReadOnlyList<SampleProgress> samples, TierWork? first, CancellationToken cancellationToken)
    {
        foreach (var sample in first is null ? [] : samples)
            sample.Begin(first!.Value);
        var open = first is null ? Step(samples) : [.. samples];
        while (open.Count > 0)
        {
            await Task.WhenAll(open.GroupBy(GroupOf).Select(group => RunAsync(group.Key, [.. group], cancellationToken)))
                .ConfigureAwait(false);
            open = Step(open);
        }
    }

    private List<SampleProgress> Step(IReadOnlyList<SampleProgress> samples)
    {
        foreach (var sample in samples)
            sample.Step(policy, tiers, FailureOf);
        return [.. samples.Where(sample => !sample.IsDone)];
    }

    private TierFailure? FailureOf(int tier) => tiers.NotConfigured(tier) ?? _outages.GetValueOrDefault(tier)?.Failure;

    private Group GroupOf(SampleProgress sample)
    {
        var (work, isPlanned) = sample.Next;
        var walks = tiers.UsesWalks && isPlanned && work.Tier != tiers.Here;
        return new Group(work, walks, walks ? sample.Visits.Count : 0);
    }

    private Task RunAsync(Group group, SampleProgress[] samples, CancellationToken cancellationToken)
    {
        if (group.Work.Tier == tiers.Here)
            return RunHereAsync(group.Work, samples, cancellationToken);
        return Task.WhenAll(LengthBatches
            .Of([.. Enumerable.Range(0, samples.Length)], place => samples[place].Tokens.Length, options.MaxBatch, options.MaxBatchTokens)
            .Select(places => (SampleProgress[])[.. places.Select(place => samples[place])])
            .Select(batch => group.Walks
                ? WalkThereAsync(group.Work, batch, cancellationToken)
                : RunThereAsync(group.Work, batch, cancellationToken)));
    }

    private async Task RunHereAsync(TierWork work, SampleProgress[] samples, CancellationToken cancellationToken)
    {
        TierRow[] rows = [.. samples.Select(sample => sample.RowFrom(work.From))];
        var (logits, hidden) = await here
            .RunAsync(work, rows, tiers.GoesOnFrom(work.To), cancellationToken).ConfigureAwait(false);
        var classes = logits.Length / samples.Length;
        for (var row = 0; row < samples.Length; row++)
        {
            var own = logits.AsMemory(row * classes, classes);
            if (own.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) >= 0)
                samples[row].FailHere(NoNumber);
            else
                samples[row].Arrive([new Visit(work, own)], hidden is null ? null : new HiddenState(work.To, hidden[row]));
        }
    }

    /// <summary>The failure of a sample that this process has no answer to.</summary>
    private TierFailure NoNumber => new(
        tiers.NameOf(tiers.Here), TierFailureReason.InvalidResponse,
        $"Tier {tiers.NameOf(tiers.Here)}, which runs here, did not answer: a logit is not a finite number.");

    /// <summary>The other tier runs all its layers and knows nothing of the plan, as any server of the protocol can.</summary>
    private async Task RunThereAsync(TierWork work, SampleProgress[] samples, CancellationToken cancellationToken)
    {
        var (logits, _) = await tiers.Remote(work.Tier)
            .RunAsync([.. samples.Select(sample => sample.Tokens)], OutageOf(work.Tier), limit, cancellationToken)
            .ConfigureAwait(false);
        // Not visited: the next step finds the tier down and another one in its place.
        if (logits is null)
            return;

        var classes = logits.Length / samples.Length;
        for (var row = 0; row < samples.Length; row++)
            samples[row].Arrive([new Visit(work, logits.AsMemory(row * classes, classes))], hidden: null);
    }

    /// <summary>The other tier goes on with the plan as far as it can, and sends on what the plan has it send on.</summary>
    private async Task WalkThereAsync(TierWork work, SampleProgress[] samples, CancellationToken cancellationToken)
    {
        var answer = await tiers.Remote(work.Tier)
            .WalkAsync(work, samples, OutageOf(work.Tier), limit, cancellationToken).ConfigureAwait(false);
        if (answer is null)
            return;
        for (var row = 0; row < samples.Length; row++)
        {
            samples[row].Arrive(answer.Visits[row], answer.Hidden[row]);
            if (answer.ForwardFailure is { } sentence)
                NoteForward(samples[row], work.Tier, sentence);
        }
    }

    /// <summary>Where this process can ask the tier itself, it does, and what comes of that is what counts.</summary>
    private void NoteForward(SampleProgress sample, int sender, string sentence)
    {
        var step = policy.Next(sample.State);
        if (step.IsAnswer || tiers.NotConfigured(step.Tier) is null)
            return;
        var name = tiers.NameOf(step.Tier);
        sample.Note(new TierFailure(
            name, TierFailureReason.Unreachable, $"Tier {name} did not go on from {tiers.NameOf(sender)}: {sentence}"));
    }

    private TierOutage OutageOf(int tier) => _outages.GetOrAdd(tier, _ => new TierOutage());

    /// <summary>What travels together.</summary>
    /// <param name="Work">The layers that are to be run.</param>
    /// <param name="Walks">Whether the tier goes on by itself.</param>
    /// <param name="Visits">How many visits each sample of a walk brings.</param>
    private readonly record struct Group(TierWork Work, bool Walks, int Visits);
}
