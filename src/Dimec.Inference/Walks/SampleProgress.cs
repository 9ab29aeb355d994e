using System.Runtime.InteropServices;
using Dimec.Costs;
using Dimec.Policies;

namespace Dimec.Inference.Walks;

/// <summary>A sample on its way: what is known of it, which tiers have run it, which have failed.</summary>
/// <param name="guid">Its name.</param>
/// <param name="tokens">Its tokens; without ids where a tier got its hidden states alone.</param>
/// <param name="embedding">e(x), where the policy asks for it.</param>
/// <param name="passed">What was visited before: exit 0, or, in a tier, what the caller had visited.</param>
internal sealed class SampleProgress(string guid, TierRow tokens, float[] embedding, IEnumerable<Visit> passed)
{
    private readonly List<Visit> _visits = [.. passed];
    private readonly List<TierFailure> _failures = [];
    private TierFailure? _localFailure;
    private int _answering;

    /// <summary>The place of the tier that is to answer it whatever the plan says; null: the plan decides.</summary>
    public int? Pinned { get; init; }

    /// <summary>Whether no other tier may see it.</summary>
    public bool StaysHere { get; init; }

    public TierRow Tokens => tokens;

    /// <summary>Whether its text was longer than the model reads.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Its hidden states that are at hand here; null: there are none.</summary>
    public HiddenState? Hidden { get; private set; }

    /// <summary>Whether it is under way no more.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The visits up to the one that answers; empty while it is under way, and where no tier could answer.</summary>
    public ReadOnlySpan<Visit> Answering => CollectionsMarshal.AsSpan(_visits)[.._answering];

    /// <summary>Where it goes next.</summary>
    public NextStep Next { get; private set; }

    public IReadOnlyList<Visit> Visits => _visits;

    public IReadOnlyList<TierFailure> Failures => _failures;

    /// <summary>Where it is, as a policy sees it.</summary>
    public PolicyState State => new() { Guid = guid, Embedding = embedding, Visits = CollectionsMarshal.AsSpan(_visits) };

    /// <summary>It as a model takes it that begins after a layer.</summary>
    /// <param name="layer">The layer, whose states are at hand; 0: it begins with the tokens.</param>
    public TierRow RowFrom(int layer) => layer == 0 ? tokens : tokens with { Hidden = Hidden!.Values };

    /// <summary>
    /// Asks the policy what comes next. In a client another tier stands in for one that cannot be had; in a tier the sample is done where
    /// neither it nor, by the plan, one that it can send it on to is to run it.
    /// </summary>
    /// <param name="policy">The plan's policy.</param>
    /// <param name="tiers">The tiers, as this process has them.</param>
    /// <param name="failureOf">Why a tier cannot be had in this call; null: it can, or has not been asked yet.</param>
    public void Step(IPolicy policy, TierSet tiers, Func<int, TierFailure?> failureOf)
    {
        if (Pinned is { } pinned)
        {
            StandIn(pinned, tiers, failureOf);
            return;
        }

        var step = policy.Next(State);
        if (step.IsAnswer)
        {
            Finish(_visits.Count);
            return;
        }

        var work = tiers.Possible(step.Work(tiers.Costs, CollectionsMarshal.AsSpan(_visits)), this);
        if (work is { } planned && !Ran(planned.Tier, planned.To) && CanBeHad(step.Tier, tiers, failureOf))
        {
            Next = new NextStep(planned, IsPlanned: true);
        }
        else if (!tiers.StandIn)
        {
            IsDone = true;
        }
        else
        {
            StandIn(step.Tier, tiers, failureOf);
        }
    }

    /// <summary>It begins with layers that somebody asked for.</summary>
    public void Begin(TierWork work) => Next = new NextStep(work, IsPlanned: true);

    /// <summary>A tier ran it.</summary>
    /// <param name="visits">What was run, in order.</param>
    /// <param name="hidden">The states after the last of these layers, where they are at hand.</param>
    public void Arrive(IEnumerable<Visit> visits, HiddenState? hidden)
    {
        _visits.AddRange(visits);
        Hidden = hidden;
    }

    /// <summary>Its hidden states have come with it.</summary>
    public void Bring(HiddenState hidden) => Hidden = hidden;

    /// <summary>This process ran it and has no answer to it; to others it may have.</summary>
    public void FailHere(TierFailure failure) => _localFailure = failure;

    /// <summary>A tier that was to go on did not.</summary>
    public void Note(TierFailure failure)
    {
        if (!_failures.Contains(failure))
            _failures.Add(failure);
    }

    private void StandIn(int wanted, TierSet tiers, Func<int, TierFailure?> failureOf)
    {
        foreach (var tier in FallbackOrder.From(wanted, tiers.Count))
        {
            // What has answered already is had: exit 0 has not run the tier's layers.
            var last = _visits.FindLastIndex(visit => visit.Tier == tier && visit.Exit > 0);
            if (last >= 0)
            {
                Finish(last + 1);
                return;
            }

            if (CanBeHad(tier, tiers, failureOf))
            {
                Next = new NextStep(tiers.Whole(tier), IsPlanned: false);
                return;
            }
        }

        IsDone = true;
    }

    private bool Ran(int tier, int layer) => _visits.Exists(visit => visit.Tier == tier && visit.Exit == layer);

    private bool CanBeHad(int tier, TierSet tiers, Func<int, TierFailure?> failureOf)
    {
        var found = tier == tiers.Here ? _localFailure : StaysHere ? tiers.NotAllowed(tier) : failureOf(tier);
        if (found is not { } failure)
            return true;
        Note(failure);
        return false;
    }

    private void Finish(int visits)
    {
        _answering = visits;
        IsDone = true;
    }
}
