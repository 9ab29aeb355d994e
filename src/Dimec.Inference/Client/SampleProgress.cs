using Dimec.Policies;
using Dimec.Text;

namespace Dimec.Inference.Client;

/// <summary>A text on its way: what is known of it, which tiers have run it, which have failed.</summary>
internal sealed class SampleProgress(string guid, TokenizedText text, float[] embedding)
{
    private readonly List<Visit> _visits = [];
    private readonly List<TierFailure> _failures = [];
    private TierFailure? _localFailure;

    public TokenizedText Text => text;

    /// <summary>Whether it is under way no more.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The visit that answers; null while it is under way, and where no tier could answer.</summary>
    public Visit? Answer { get; private set; }

    /// <summary>The tier that is to run it next.</summary>
    public int Next { get; private set; }

    public IReadOnlyList<Visit> Visits => _visits;

    public IReadOnlyList<TierFailure> Failures => _failures;

    /// <summary>Asks the policy what comes next, and puts another tier in the place of one that cannot be had.</summary>
    /// <param name="policy">The plan's policy.</param>
    /// <param name="failureOf">Why a tier cannot be had in this call; null: it can, or has not been asked yet.</param>
    /// <param name="tiers">The number of tiers.</param>
    public void Step(IPolicy policy, Func<int, TierFailure?> failureOf, int tiers)
    {
        var step = policy.Next(new PolicyState { Guid = guid, Embedding = embedding, Visits = _visits.ToArray() });
        if (step.IsAnswer)
            Finish(_visits[^1]);
        else if (FallbackOrder.From(step.Tier, tiers).Cast<int?>().FirstOrDefault(tier => CanBeHad(tier!.Value, failureOf)) is { } found)
            GoTo(found);
        else
            IsDone = true;
    }

    public void Arrive(Visit visit) => _visits.Add(visit);

    /// <summary>The mobile ran it and has no answer to it; to others it may have.</summary>
    public void Fail(TierFailure failure) => _localFailure = failure;

    private bool CanBeHad(int tier, Func<int, TierFailure?> failureOf)
    {
        // What has answered already is had.
        if (_visits.Any(visit => visit.Tier == tier) || (tier == 0 ? _localFailure : failureOf(tier)) is not { } failure)
            return true;
        if (!_failures.Contains(failure))
            _failures.Add(failure);
        return false;
    }

    private void GoTo(int tier)
    {
        var before = _visits.FindIndex(visit => visit.Tier == tier);
        if (before < 0)
            Next = tier;
        else
            Finish(_visits[before]);
    }

    private void Finish(Visit answer)
    {
        Answer = answer;
        IsDone = true;
    }
}
