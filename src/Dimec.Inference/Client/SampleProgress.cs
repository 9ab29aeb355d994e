using Dimec.Policies;
using Dimec.Text;

namespace Dimec.Inference.Client;

/// <summary>A text on its way: what is known of it, which tiers have run it, which have failed.</summary>
internal sealed class SampleProgress(string guid, TokenizedText text, float[] embedding)
{
    private readonly List<Visit> _visits = [];
    private readonly List<TierFailure> _failures = [];

    public TokenizedText Text => text;

    /// <summary>The visit that answers; null while it is under way.</summary>
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
            Answer = _visits[^1];
        else
            GoTo(FallbackOrder.From(step.Tier, tiers).First(tier => CanBeHad(tier, failureOf)));
    }

    public void Arrive(Visit visit) => _visits.Add(visit);

    private bool CanBeHad(int tier, Func<int, TierFailure?> failureOf)
    {
        // What has answered already is had.
        if (_visits.Any(visit => visit.Tier == tier) || failureOf(tier) is not { } failure)
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
            Answer = _visits[before];
    }
}
