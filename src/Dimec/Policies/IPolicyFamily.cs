using System.Text.Json;
using Dimec.Costs;

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

    /// <summary>False for controls and bounds, which <c>--policy any</c> must not choose.</summary>
    bool IsContender { get; }

    /// <summary>True where the running policy asks for e(x).</summary>
    bool NeedsEmbedding { get; }

    /// <summary>True where fitting asks for the training samples' metrics and embeddings.</summary>
    bool NeedsTrainingMap { get; }

    /// <summary>The parameters of every candidate that the family's sweep leaves, fitted on the selection part.</summary>
    /// <param name="fitting">What a fit may look at; the reported part is not in it.</param>
    IReadOnlyList<JsonElement> Fit(PolicyFitting fitting);

    /// <summary>Makes the policy that parameters describe.</summary>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    /// <param name="costs">The costs it was planned for; they name the tiers.</param>
    /// <param name="where">How errors name the file that holds the parameters.</param>
    /// <exception cref="InputException">The parameters are malformed, or the policy cannot be served (an oracle).</exception>
    IPolicy Create(JsonElement parameters, CostStructure costs, string where);

    /// <summary>The parameters as a table shows them, without what is too long to read (centroids).</summary>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    JsonElement Summarise(JsonElement parameters) => parameters;

    /// <summary>What a user should know of these parameters before serving them, one sentence each.</summary>
    /// <param name="parameters">The object <c>parameters</c> of a plan.</param>
    IEnumerable<string> Notes(JsonElement parameters) => [];

    /// <summary>What a user should know of the search that found the parameters, one sentence each: what it could not look at.</summary>
    /// <param name="fitting">What was fitted on.</param>
    IEnumerable<string> SearchNotes(PolicyFitting fitting) => [];
}
