using Dimec.Costs;
using Dimec.Predictions;

namespace Dimec.Policies.Fitting;

/// <summary>
/// How a kind of policy is fitted and measured: from recorded exits to parameters, and to sentences about them. Implementations are
/// immutable; most derive from <see cref="PolicyFitter{TParameters}"/>.
/// </summary>
public interface IPolicyFitter
{
    /// <summary>The policy: its name, the names of its parameters in a plan, and how it is made from them.</summary>
    IPolicyFactory Policy { get; }

    /// <summary>The publication that the policy follows, or what it is measured for.</summary>
    string Source { get; }

    /// <summary>
    /// Whether the candidates, and what they do with each sample, depend on nothing that the tiers cost but on which of them is dearer
    /// than which, so that both are worked out once for many costs.
    /// </summary>
    bool IsBlindToCosts => false;

    /// <summary>The name of the policy whose plan has the tier shares that this one repeats; null where it repeats none's.</summary>
    string? RepeatsSharesOf => null;

    /// <summary>The parameters with other tier shares, where the policy repeats another plan's.</summary>
    /// <param name="parameters">Parameters of this kind of policy.</param>
    /// <param name="shares">By tier, the shares.</param>
    PolicyParameters Repeat(PolicyParameters parameters, IReadOnlyDictionary<string, double> shares) => parameters;

    /// <summary>What fitting asks for and the inputs lack; null where nothing is lacking.</summary>
    /// <param name="fitting">What a fit may look at.</param>
    InputError? Lack(PolicyFitting fitting) => null;

    /// <summary>The parameters of every candidate that the sweep leaves, fitted on the selection part.</summary>
    /// <param name="fitting">What a fit may look at; the reported part is not in it.</param>
    /// <returns>At least one; none where something is lacking.</returns>
    IReadOnlyList<PolicyParameters> Fit(PolicyFitting fitting);

    /// <summary>The same with what is known already of what they do; where nothing is, they are run to find out.</summary>
    /// <param name="fitting">What a fit may look at.</param>
    IReadOnlyList<FittedCandidate> Candidates(PolicyFitting fitting) =>
        [.. Fit(fitting).Select(parameters => new FittedCandidate(parameters))];

    /// <summary>
    /// Makes the policy that is measured on a part: the one that is served, but for policies that look at the part as a whole, as bounds
    /// and controls do. What it says of a sample holds for this part only.
    /// </summary>
    /// <param name="parameters">Parameters of this kind of policy.</param>
    /// <param name="planned">The costs it was planned for; they name the tiers.</param>
    /// <param name="part">The part to measure on.</param>
    /// <param name="costs">The costs to measure with, for the same tiers.</param>
    /// <exception cref="InputException">The part lacks what the policy needs.</exception>
    IPolicy CreateMeasured(PolicyParameters parameters, CostStructure planned, RecordedExits part, CostStructure costs) =>
        Policy.Create(parameters, planned);

    /// <summary>What a user should know of these parameters before serving them, one sentence each.</summary>
    /// <param name="parameters">Parameters of this kind of policy.</param>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    IEnumerable<string> Notes(PolicyParameters parameters, CostStructure costs) => [];

    /// <summary>
    /// True where parameters leave every sample, whatever it is, to the last tier, so that its answers can never differ from that tier's.
    /// </summary>
    /// <param name="parameters">Parameters of this kind of policy.</param>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    bool IsLastTier(PolicyParameters parameters, CostStructure costs) => false;

    /// <summary>What a user should know of the search that found the parameters, one sentence each: what it could not look at.</summary>
    /// <param name="fitting">What was fitted on.</param>
    IEnumerable<string> SearchNotes(PolicyFitting fitting) => [];
}
