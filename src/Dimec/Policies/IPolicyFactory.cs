using System.Text.Json;
using Dimec.Costs;

namespace Dimec.Policies;

/// <summary>
/// A kind of policy as whoever serves it sees it: its name, what its parameters are called in a plan, and the policy made from them. It
/// knows nothing of fitting (see <see cref="Fitting.IPolicyFitter"/>), so that a phone's program carries none of that. Implementations are
/// immutable; most derive from <see cref="PolicyFactory{TParameters}"/>.
/// </summary>
public interface IPolicyFactory
{
    /// <summary>The name in <c>plan.json</c>, by which it is planned as well.</summary>
    string Name { get; }

    /// <summary>The part that it plays in comparisons; <see cref="PolicyList.Any"/> chooses among single tiers and contenders.</summary>
    PolicyKind Kind { get; }

    /// <summary>
    /// Why no tier can serve the policy, as the end of a sentence that begins with its name; null where it can be served.
    /// </summary>
    string? NotServed => null;

    /// <summary>Whether a tier may go on from another's hidden state, so that links between tiers are charged.</summary>
    bool Resumes => false;

    /// <summary>Reads parameters, those of a policy that cannot be served included.</summary>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    /// <param name="where">How errors name the file that holds the parameters.</param>
    /// <exception cref="InputException">Everything that is wrong with the parameters, together;
    /// or the policy is never planned (an oracle).</exception>
    PolicyParameters Read(JsonElement parameters, CostStructure costs, string where);

    /// <summary>Writes parameters: the properties of the object <c>parameters</c> of a plan.</summary>
    /// <param name="parameters">Parameters of this kind of policy.</param>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    /// <param name="json">Where to, inside the object.</param>
    void Write(PolicyParameters parameters, CostStructure costs, Utf8JsonWriter json);

    /// <summary>Writes the parameters as a table shows them, without what is too long to read (centroids).</summary>
    /// <param name="parameters">Parameters of this kind of policy.</param>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    /// <param name="json">Where to, inside the object.</param>
    void Summarise(PolicyParameters parameters, CostStructure costs, Utf8JsonWriter json) => Write(parameters, costs, json);

    /// <summary>Makes the policy that parameters describe.</summary>
    /// <param name="parameters">Parameters of this kind of policy.</param>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    /// <exception cref="InputException">There is no such policy for one sample at a time: it looks at a part as a whole.</exception>
    IPolicy Create(PolicyParameters parameters, CostStructure costs);
}
