using Dimec.Planning.Candidates;
using Dimec.Policies.Ladder;

namespace Dimec.Planning.Promises;

/// <summary>Against whom a promised drop is measured (method section 9).</summary>
internal static class PromiseReference
{
    /// <summary>The better of the cloud and the stacked cloud on the selection part, or the cloud where that is asked for.</summary>
    /// <param name="request">What is planned from.</param>
    public static PromiseCandidate Of(PlanRequest request)
    {
        var fitting = request.Fitting();
        var stacked = new CandidateScore(fitting, request.Options.Reference).StackedIsBetter;
        var name = stacked ? LadderFactory.StackedCloud : request.Costs.Tiers[^1].Name;
        var fitter = request.Policies.Find(name, request.Costs, "policy");
        return new PromiseCandidate(fitter, fitter.Fit(fitting)[0], request);
    }
}
