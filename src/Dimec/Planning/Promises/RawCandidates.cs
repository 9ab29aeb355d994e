using Dimec.Policies;
using Dimec.Policies.Fitting;

namespace Dimec.Planning.Promises;

/// <summary>Everything that searches find, thinned by what the searches know already, so that few are run sample by sample.</summary>
internal sealed class RawCandidates
{
    private readonly int _levels;
    private readonly double _most;
    private readonly IReadOnlyList<Raw> _all;

    /// <summary>Searches.</summary>
    /// <param name="requests">What is planned from, one at each set of depths.</param>
    /// <param name="policy">A policy's name, or <see cref="PolicyList.Any"/>.</param>
    /// <param name="content">What the samples have on which plans are tested.</param>
    /// <param name="reference">The reference, than which every candidate is cheaper.</param>
    /// <param name="wanted">By sample of the selection part, the answer that counts as right.</param>
    /// <param name="levels">Over how many levels of cost candidates are told apart.</param>
    public RawCandidates(
        IReadOnlyList<PlanRequest> requests, string policy, PartContent content, PromiseCandidate reference, IReadOnlyList<int> wanted,
        int levels)
    {
        (_levels, _most) = (levels, reference.Costs.Cloud);
        var cheaper = InputException.Once(() => requests.AsParallel().AsOrdered()
            .SelectMany(request => Of(request, policy, reference, wanted, levels))
            .Where(raw => raw.Cost < _most).ToArray());
        _all = [.. cheaper.Where(raw => IsTested(raw.Candidate, content))];
        if (policy != PolicyList.Any && cheaper.Length > 0 && _all.Count == 0)
        {
            throw new InputException(
                "policy", $"'{policy}' looks at e(x), which the calibration samples have not",
                "promise another policy, or name a file of samples with e(x), as dimec predict writes it");
        }
    }

    /// <summary>
    /// The candidates that get the most right at each level of cost, but for levels where a cheaper one gets more; or all that there are.
    /// </summary>
    public IEnumerable<PromiseCandidate> Thinned(bool keepAll) =>
        ChainOrder.Thinned(_all.Select(raw => (raw.Candidate, raw.Cost, raw.Right)), _most, _levels, keepAll);

    /// <summary>What routes by e(x) cannot be tested on samples without it.</summary>
    private static bool IsTested(PromiseCandidate candidate, PartContent content) =>
        candidate.Parameters.Needs(candidate.Costs).Embedding is not { Size: var size } || size == content.EmbeddingSize;

    private static IEnumerable<Raw> Of(
        PlanRequest request, string policy, PromiseCandidate reference, IReadOnlyList<int> wanted, int levels)
    {
        var fitting = request.Fitting() with
        {
            Wanted = wanted,
            CostLevels = levels,
            EndsStacked = reference.Policy == PolicyList.StackedCloud,
        };
        return Fitters(request, policy, fitting).SelectMany(fitter => fitter.Candidates(fitting).Select(found =>
        {
            var candidate = new PromiseCandidate(fitter, found.Parameters, request);
            if (found.Outcome is { } known)
                return new Raw(candidate, known.Cost, known.Right);
            var run = candidate.Run(request.Selection.Exits);
            return new Raw(candidate, run.MeanCost, run.Labels.Zip(wanted).Count(pair => pair.First == pair.Second));
        }));
    }

    private static IPolicyFitter[] Fitters(PlanRequest request, string policy, PolicyFitting fitting)
    {
        if (policy != PolicyList.Any)
        {
            var fitter = request.Policies.Find(policy, request.Costs, "policy");
            if (fitter.Policy is { NotServed: { } reason })
            {
                throw new InputException(
                    "policy", $"'{policy}' cannot be served: it {reason}",
                    "promise another policy; evaluations show this one to compare with");
            }

            if (fitter.Policy.Kind == PolicyKind.Bound || fitter.RepeatsSharesOf is not null)
                throw new InputException("policy", $"'{policy}' is there to be compared with", "promise another policy");
            return fitter.Lack(fitting) is { } lack ? throw new InputException([lack]) : [fitter];
        }

        return [.. request.Policies.Chosen(request.Costs).Where(fitter => fitter.Lack(fitting) is null)];
    }

    private sealed record Raw(PromiseCandidate Candidate, double Cost, int Right);
}
