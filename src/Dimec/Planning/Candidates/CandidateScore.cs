using Dimec.Planning.Promises;
using Dimec.Policies;
using Dimec.Policies.Baselines;
using Dimec.Policies.Fitting;

namespace Dimec.Planning.Candidates;

/// <summary>Runs every candidate of a policy over the selection part and says what it did there.</summary>
internal sealed class CandidateScore
{
    private readonly PolicyFitting _fitting;
    private readonly string[] _tiers;
    private readonly bool[] _cloudRight;
    private readonly int _cloudCorrect;

    public CandidateScore(PolicyFitting fitting)
    {
        _fitting = fitting;
        _tiers = [.. fitting.Costs.Tiers.Select(tier => tier.Name)];
        _cloudRight = Right(Run(new SingleTierPolicy(_tiers.Length - 1)));
        _cloudCorrect = Count(_cloudRight);
    }

    /// <summary>The policy's candidates, cheapest first.</summary>
    /// <param name="fitter">The policy's fitter.</param>
    /// <param name="fitting">What it is fitted on.</param>
    public IReadOnlyList<FrontierPoint> Frontier(IPolicyFitter fitter, PolicyFitting fitting) => [.. fitter.Candidates(fitting)
        .Select(candidate => new FrontierPoint(
            fitter.Policy, candidate.Parameters,
            candidate.Outcome is { } known
                ? Of(known.Right, known.Cost, Shares(known.Answered))
                : Of(fitter.CreateMeasured(candidate.Parameters, _fitting.Costs, _fitting.Selection, _fitting.Costs))))
        .OrderBy(point => point.Outcome.Cost)
        .ThenBy(point => point.Outcome.Drop)];

    /// <summary>What a policy did on the selection part.</summary>
    public ExpectedOutcome Of(IPolicy policy)
    {
        var run = Run(policy);
        return Of(Count(Right(run)), run.MeanCost, run.Shares(_tiers));
    }

    private ExpectedOutcome Of(int right, double cost, IReadOnlyDictionary<string, double> shares)
    {
        double count = _fitting.Selection.Count;
        // The drop is a quotient of whole numbers, so that a drop of 5 in 1,000 is exactly the 0.005 that a user allows.
        return new ExpectedOutcome(
            right / count, cost, 1 - (cost / _fitting.Costs.Cloud), (_cloudCorrect - right) / count, shares);
    }

    /// <summary>What the selection part tells of a plan's drop.</summary>
    public DropEvidence EvidenceOf(Plan plan, FitterList policies) => plan.Policy == _tiers[^1]
        ? DropEvidence.OfTheCloud(_fitting.Selection.Count)
        : DropEvidence.Of(
            Right(Run(plan.CreateMeasured(policies, _fitting.Selection, _fitting.Costs))), _cloudRight, _fitting.Selection.Gold);

    private Dictionary<string, double> Shares(IReadOnlyList<int> answered) => _tiers.Index()
        .ToDictionary(tier => tier.Item, tier => answered[tier.Index] / (double)_fitting.Selection.Count);

    private PolicyRun Run(IPolicy policy) => PolicyRunner.Run(policy, _fitting.Selection, _fitting.Costs);

    private bool[] Right(PolicyRun run) => run.Right(_fitting.Selection);

    private static int Count(bool[] right) => right.Count(isRight => isRight);
}
