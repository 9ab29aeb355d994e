using Dimec.Planning.Promises;
using Dimec.Policies;
using Dimec.Policies.Baselines;
using Dimec.Policies.Fitting;
using Dimec.Policies.Ladder;

namespace Dimec.Planning.Candidates;

/// <summary>Runs every candidate of a policy over the selection part and says what it did there.</summary>
internal sealed class CandidateScore
{
    private readonly PolicyFitting _fitting;
    private readonly string[] _tiers;
    private readonly bool[] _cloudRight;
    private readonly int _cloudCorrect;

    /// <summary>Null where exit 0 was not recorded, or nothing is stacked.</summary>
    private readonly bool[]? _stackedRight;
    private readonly int? _stackedCorrect;
    private readonly DropReference _reference;

    public CandidateScore(PolicyFitting fitting, DropReference reference)
    {
        (_fitting, _reference) = (fitting, reference);
        _tiers = [.. fitting.Costs.Tiers.Select(tier => tier.Name)];
        _cloudRight = Right(Run(new SingleTierPolicy(_tiers.Length - 1)));
        _cloudCorrect = Count(_cloudRight);
        if (fitting.Selection.HasExitZero && fitting.Options.Stack)
        {
            _stackedRight = Right(Run(new LadderPolicy(StackedCloudFitter.Parameters(fitting))));
            _stackedCorrect = Count(_stackedRight);
        }
    }

    /// <summary>Whether the better of the two references is the stacked cloud.</summary>
    public bool StackedIsBetter => _reference == DropReference.Better && _stackedCorrect > _cloudCorrect;

    /// <summary>Whether the stacked cloud gets as many right as the cloud.</summary>
    public bool StackedIsNoWorse => _stackedCorrect >= _cloudCorrect;

    /// <summary>The policy's candidates, cheapest first.</summary>
    /// <param name="fitter">The policy's fitter.</param>
    /// <param name="fitting">What it is fitted on.</param>
    public IReadOnlyList<FrontierPoint> Frontier(IPolicyFitter fitter, PolicyFitting fitting) => [.. Candidates(fitter, fitting)
        .Select(candidate => new FrontierPoint(
            fitter.Policy, candidate.Parameters,
            candidate.Outcome is { } known
                ? Of(known)
                : Of(fitter.CreateMeasured(candidate.Parameters, _fitting.Costs, _fitting.Selection, _fitting.Costs)))
        {
            DropError = candidate.Outcome?.Discordant is { } discordant ? Error(discordant, candidate.Outcome.Right) : null,
        })
        .OrderBy(point => point.Outcome.Cost)
        .ThenBy(point => point.Outcome.Drop)];

    private IEnumerable<FittedCandidate> Candidates(IPolicyFitter fitter, PolicyFitting fitting)
    {
        if (!fitter.IsBlindToCosts)
            return fitter.Candidates(fitting);
        var (costs, count) = (fitting.Costs, fitting.Selection.Count);
        var known = fitting.Memory.GetOrAdd(
            (fitter, fitting.Selection, fitting.TrainExits, fitting.Options, TierOrder.Of(costs)),
            () => fitter.Candidates(fitting).Select(candidate => CountedCandidate.Of(candidate.Parameters, Run(
                fitter.CreateMeasured(candidate.Parameters, costs, fitting.Selection, costs)), fitting)).ToArray());
        return known.Select(candidate => candidate.At(costs, count));
    }

    /// <summary>What a policy did on the selection part.</summary>
    public ExpectedOutcome Of(IPolicy policy)
    {
        var run = Run(policy);
        return Of(Count(Right(run)), run.MeanCost, run.Shares(_tiers), run.AnsweredAt());
    }

    /// <summary>A drop against one of the two.</summary>
    /// <param name="outcome">What a policy did.</param>
    /// <param name="stacked">Whether against the stacked cloud.</param>
    public static double Drop(ExpectedOutcome outcome, bool stacked) => stacked ? outcome.StackedDrop!.Value : outcome.Drop;

    /// <summary>What it tells of a plan's drop against one of the two.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="policies">How policies are measured.</param>
    /// <param name="stacked">Whether against the stacked cloud.</param>
    public DropEvidence Evidence(Plan plan, FitterList policies, bool stacked) =>
        plan.Policy == (stacked ? LadderFactory.StackedCloud : _tiers[^1])
            ? DropEvidence.OfTheCloud(_fitting.Selection.Count)
            : DropEvidence.Of(
                Right(Run(plan.CreateMeasured(policies, _fitting.Selection, _fitting.Costs))),
                stacked ? _stackedRight! : _cloudRight, _fitting.Selection.Gold);

    /// <summary>
    /// Of a mean of losses in {−1, 0, 1}: √((d / n − drop²) / n). Where none was lost or gained, one is counted: more samples would show
    /// one.
    /// </summary>
    private double Error(int discordant, int right)
    {
        double count = _fitting.Selection.Count;
        var drop = ((StackedIsNoWorse ? _stackedCorrect!.Value : _cloudCorrect) - right) / count;
        return Math.Sqrt(Math.Max(Math.Max(discordant, 1) / count - (drop * drop), 0) / count);
    }

    private ExpectedOutcome Of(FittedOutcome known)
    {
        double count = _fitting.Selection.Count;
        return Of(
            known.Right, known.Cost, _tiers.Index().ToDictionary(tier => tier.Item, tier => known.Answered[tier.Index] / count),
            known.AnsweredAt.OrderBy(exit => exit.Key).ToDictionary(exit => exit.Key, exit => exit.Value / count));
    }

    private ExpectedOutcome Of(
        int right, double cost, IReadOnlyDictionary<string, double> shares, IReadOnlyDictionary<int, double> answeredAt)
    {
        double count = _fitting.Selection.Count;
        // The drop is a quotient of whole numbers, so that a drop of 5 in 1,000 is exactly the 0.005 that a user allows.
        return new ExpectedOutcome(right / count, cost, 1 - (cost / _fitting.Costs.Cloud), (_cloudCorrect - right) / count, shares)
        {
            AnsweredAt = answeredAt,
            StackedDrop = (_stackedCorrect - right) / count,
        };
    }

    private PolicyRun Run(IPolicy policy) => PolicyRunner.Run(policy, _fitting.Selection, _fitting.Costs);

    private bool[] Right(PolicyRun run) => run.Right(_fitting.Selection);

    private static int Count(bool[] right) => right.Count(isRight => isRight);
}
