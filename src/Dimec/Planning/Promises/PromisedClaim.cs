using Dimec.Statistics.Bounds;

namespace Dimec.Planning.Promises;

/// <summary>A claim with the evidence for it.</summary>
/// <param name="Loss">What counts as a loss.</param>
/// <param name="Limit">The largest mean loss, over 0 and under 1: for a drop 0.005 is half a point.</param>
/// <param name="Bound">What the mean loss is at most, with the promise's confidence, as the test gave it.</param>
/// <param name="Method">The bound's name.</param>
/// <param name="Scope">Of which samples it holds.</param>
public sealed record PromisedClaim(PromiseLoss Loss, double Limit, double Bound, string Method, PromiseScope Scope)
{
    /// <summary>How many samples lost; null where the plan does not say.</summary>
    public int? Lost { get; init; }

    /// <summary>How many samples only the plan has right; null where the loss does not count that, or the plan does not say.</summary>
    public int? Gained { get; init; }

    /// <summary>
    /// The samples that the bound is of, where the claim is of groups as well: those that show it least. Null where it is of all together,
    /// or the plan does not say.
    /// </summary>
    public ClaimGroup? Group { get; init; }

    /// <summary>The budget, where the claim is of costs: what a sample may cost, in the costs' unit.</summary>
    public double? MaxCost { get; init; }

    /// <summary>Whether it is about the drop against the reference.</summary>
    public bool IsDrop => Loss is PromiseLoss.Lost or PromiseLoss.Paired or PromiseLoss.Differs;

    /// <summary>The losses that the bound is of.</summary>
    /// <param name="n">The number of all samples.</param>
    /// <returns>Null where the plan does not say enough, or what cannot be.</returns>
    internal LossTally? Shown(int n)
    {
        var (samples, lost, gained) = Scope == PromiseScope.All ? (n, Lost, Gained) : (Group?.N ?? 0, Group?.Lost, Group?.Gained);
        if (lost is not { } plus || plus < 0 || samples < plus)
            return null;
        if (Loss != PromiseLoss.Paired)
            return LossTally.Of(samples, plus);
        return gained is { } minus && minus >= 0 && samples - plus >= minus ? LossTally.Signed(samples, plus, minus) : null;
    }
}
