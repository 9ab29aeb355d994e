using Dimec.Costs;

namespace Dimec.Policies;

/// <summary>What a policy wants next: run the sample on a tier, or take the last visit's exit as the answer.</summary>
public readonly record struct PolicyStep
{
    private PolicyStep(bool isAnswer, int tier, int layer, WorkStart start) =>
        (IsAnswer, Tier, Layer, Start) = (isAnswer, tier, layer, start);

    /// <summary>True where the last visit's exit is the answer.</summary>
    public bool IsAnswer { get; }

    /// <summary>The tier to run on, from 0 for the shallowest; −1 where this is an answer.</summary>
    public int Tier { get; }

    /// <summary>The layer (from 1) at whose exit the tier is to stop; 0 for the tier's own depth.</summary>
    public int Layer { get; }

    /// <summary>
    /// What the tier is to begin with: the text, or the hidden state of the last visit. A tier that has the sample already goes on from
    /// its own, whatever this says.
    /// </summary>
    public WorkStart Start { get; }

    /// <summary>The last visit answers.</summary>
    public static PolicyStep Answer { get; } = new(true, -1, 0, WorkStart.Text);

    /// <summary>Run the sample on a tier, from the embedding on.</summary>
    /// <param name="tier">The tier's place among the tiers, from 0 for the shallowest.</param>
    public static PolicyStep RunOn(int tier)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tier);
        return new(false, tier, 0, WorkStart.Text);
    }

    /// <summary>
    /// Run the sample on a tier as far as a layer, and look at its exit. Where the sample is on that tier already, its layers so far
    /// are not run again; else the tier begins with the text.
    /// </summary>
    /// <param name="tier">The tier's place among the tiers, from 0 for the shallowest.</param>
    /// <param name="layer">A layer with an exit, from 1 to the tier's depth.</param>
    public static PolicyStep RunOn(int tier, int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tier);
        ArgumentOutOfRangeException.ThrowIfLessThan(layer, 1);
        return new(false, tier, layer, WorkStart.Text);
    }

    /// <summary>Go on from the hidden state of the last visit, so that no layer runs twice (method section 9).</summary>
    /// <param name="tier">The tier that goes on, from 0 for the shallowest.</param>
    /// <param name="layer">The layer at whose exit it stops, beyond the last visit's and up to the tier's depth.</param>
    /// <param name="carried">True where the client carries the state to the tier; else the tier that has it sends it on.</param>
    public static PolicyStep Resume(int tier, int layer, bool carried = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tier);
        ArgumentOutOfRangeException.ThrowIfLessThan(layer, 1);
        return new(false, tier, layer, carried ? WorkStart.Carried : WorkStart.Forwarded);
    }

    /// <summary>The step to a layer of a tier that begins with what is said.</summary>
    internal static PolicyStep To(int tier, int layer, WorkStart start) => start switch
    {
        WorkStart.Forwarded => Resume(tier, layer),
        WorkStart.Carried => Resume(tier, layer, carried: true),
        _ => RunOn(tier, layer),
    };

    /// <summary>The stretch of layers that the step asks for.</summary>
    /// <param name="costs">The costs; they say how deep the tiers are.</param>
    /// <param name="visits">The visits so far.</param>
    public TierWork Work(CostStructure costs, ReadOnlySpan<Visit> visits)
    {
        ArgumentNullException.ThrowIfNull(costs);
        var layer = Layer == 0 ? costs.Tiers[Tier].Depth : Layer;
        // Exit 0 has no hidden state, and a tier that has run none of its layers has nothing to go on from.
        if (visits.IsEmpty || visits[^1].Work is not { To: > 0 } last)
            return TierWork.OfText(Tier, layer);
        return last.Tier == Tier ? TierWork.Further(Tier, last.To, layer)
            : Start == WorkStart.Text ? TierWork.OfText(Tier, layer)
            : new TierWork(Tier, last.To, layer, Start, last.Tier);
    }
}
