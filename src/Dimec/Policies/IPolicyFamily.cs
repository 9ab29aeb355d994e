using System.Text.Json;
using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies;

/// <summary>
/// A kind of policy: its name, where it comes from, how its parameters are fitted and how a policy is made from them.
/// A new policy is one file with a family and a sealed <see cref="IPolicy"/>, and one entry in <see cref="PolicyList"/>.
/// </summary>
public interface IPolicyFamily
{
    /// <summary>The name in <c>plan.json</c> and in <c>--policy</c>.</summary>
    string Name { get; }

    /// <summary>The publication that the policy follows, or what it is measured for.</summary>
    string Source { get; }

    /// <summary>The part that it plays in comparisons; <c>--policy any</c> chooses among single tiers and contenders.</summary>
    PolicyKind Kind { get; }

    /// <summary>True where the running policy asks for e(x).</summary>
    bool NeedsEmbedding => false;

    /// <summary>Why no tier can serve the policy, as the end of a sentence that begins with its name; null where it can be served.</summary>
    string? NotServed => null;

    /// <summary>The name of the policy whose plan has the tier shares that this one repeats; null where it repeats none's.</summary>
    string? RepeatsSharesOf => null;

    /// <summary>The parameters with other tier shares, where the family repeats another plan's.</summary>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    /// <param name="shares">By tier, the shares.</param>
    JsonElement Repeat(JsonElement parameters, IReadOnlyDictionary<string, double> shares) => parameters;

    /// <summary>What fitting asks for and the inputs lack; null where nothing is lacking.</summary>
    /// <param name="fitting">What a fit may look at.</param>
    InputError? Lack(PolicyFitting fitting) => null;

    /// <summary>The parameters of every candidate that the family's sweep leaves, fitted on the selection part.</summary>
    /// <param name="fitting">What a fit may look at; the reported part is not in it.</param>
    /// <returns>At least one; none where something is lacking.</returns>
    IReadOnlyList<JsonElement> Fit(PolicyFitting fitting);

    /// <summary>Makes the policy that parameters describe.</summary>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    /// <param name="where">How errors name the file that holds the parameters.</param>
    /// <exception cref="InputException">The parameters are malformed, or the policy cannot be served (an oracle).</exception>
    IPolicy Create(JsonElement parameters, CostStructure costs, string where);

    /// <summary>Checks parameters, those of a policy that cannot be served included.</summary>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    /// <param name="where">How errors name the file that holds the parameters.</param>
    /// <exception cref="InputException">The parameters are malformed, or the policy is never planned (an oracle).</exception>
    void Check(JsonElement parameters, CostStructure costs, string where) => Create(parameters, costs, where);

    /// <summary>
    /// Makes the policy that is measured on a part: the one that is served, but for families that look at the part as a whole, as bounds
    /// and controls do. What it says of a sample holds for this part only.
    /// </summary>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    /// <param name="planned">The costs it was planned for; they name the tiers.</param>
    /// <param name="part">The part to measure on.</param>
    /// <param name="costs">The costs to measure with, for the same tiers.</param>
    /// <exception cref="InputException">The parameters are malformed, or the part lacks what the policy needs.</exception>
    IPolicy CreateMeasured(JsonElement parameters, CostStructure planned, RecordedExits part, CostStructure costs) => Create(parameters, planned, "plan");

    /// <summary>The parameters as a table shows them, without what is too long to read (centroids).</summary>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    JsonElement Summarise(JsonElement parameters) => parameters;

    /// <summary>What a user should know of these parameters before serving them, one sentence each.</summary>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    IEnumerable<string> Notes(JsonElement parameters) => [];

    /// <summary>True where parameters leave every sample, whatever it is, to the last tier, so that its answers can never differ from that tier's.</summary>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    bool IsLastTier(JsonElement parameters, CostStructure costs) => false;

    /// <summary>What a user should know of the search that found the parameters, one sentence each: what it could not look at.</summary>
    /// <param name="fitting">What was fitted on.</param>
    IEnumerable<string> SearchNotes(PolicyFitting fitting) => [];
}
