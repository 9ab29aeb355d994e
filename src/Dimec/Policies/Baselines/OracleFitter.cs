using Dimec.Costs;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace Dimec.Policies.Baselines;

/// <summary>
/// Hindsight: of all recorded exits, exit 0 and those inside tiers included, the cheapest that is right, and the cheapest of all where none
/// is. An exit costs what it costs to begin with the text on the cheapest tier that holds it and to stop there. No policy that takes the
/// answer of one of these exits and whose tiers begin with the text is more accurate, and none is as accurate for less; it needs the true
/// class and can never be served.
/// </summary>
internal sealed class OracleFitter() : PolicyFitter<NoParameters>(new OracleFactory())
{
    public override string Source => "Upper bound: the cheapest right exit in hindsight, inside a tier or at its end (method section 8).";

    public override IReadOnlyList<NoParameters> Fit(PolicyFitting fitting) => [NoParameters.Instance];

    public override IPolicy CreateMeasured(NoParameters parameters, CostStructure planned, RecordedExits part, CostStructure costs)
    {
        part.RequireGold();
        var stops = Stops(part, costs);
        var steps = new Dictionary<string, PolicyStep[]>(part.Count);
        for (var i = 0; i < part.Count; i++)
        {
            var sample = i;
            var right = stops.Where(stop => Label(part, sample, stop.Exit) == part.Gold[sample]);
            steps[part.Guids[i]] = right.DefaultIfEmpty(stops[0]).First().Steps;
        }

        return new AllottedPolicy(steps, part.HasExitZero);
    }

    private static int Label(RecordedExits part, int sample, int exit) =>
        exit < 0 ? Softmax.ArgMax(part.ZeroLogits(sample)) : part.Answer(sample, exit).Label;

    /// <summary>
    /// Every exit that some tier holds (−1 for exit 0), with the step that runs as far; the cheapest first, of equals the shallowest.
    /// </summary>
    private static (int Exit, PolicyStep[] Steps)[] Stops(RecordedExits part, CostStructure costs) =>
    [
        .. part.HasExitZero ? [(-1, [])] : Array.Empty<(int, PolicyStep[])>(),
        .. part.Exits.Index().Where(exit => exit.Item <= costs.Tiers[^1].Depth)
            .Select(exit => (exit.Index, Layer: exit.Item, Tier: ExitWalk.TierOf(exit.Item, costs)))
            .OrderBy(stop => costs.Of(stop.Tier, 0, stop.Layer))
            .Select(stop => (stop.Index, (PolicyStep[])[PolicyStep.RunOn(stop.Tier, stop.Layer)])),
    ];
}
