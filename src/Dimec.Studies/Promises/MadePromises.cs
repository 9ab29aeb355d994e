using Dimec.Costs;
using Dimec.Planning;
using Dimec.Planning.Promises;
using Dimec.Predictions;

namespace Dimec.Studies.Promises;

/// <summary>
/// Promises redrawn where everything is made: on exits that nobody trained, and on plans whose losses are what they were set to be, the
/// least of them 0.1 %. Anybody gets the same figures, without data or a model.
/// </summary>
public static class MadePromises
{
    private const int Selection = 2000;
    private const int Population = 40_000;

    /// <summary>The mean loss of the dearest plan of known losses.</summary>
    private const double LeastLoss = 0.001;

    /// <summary>Of these plans so many are tested.</summary>
    private static readonly int[] s_counts = [1, 25, 100];

    /// <summary>Redraws.</summary>
    /// <param name="options">How often, and what is promised.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InputException">An option is out of range.</exception>
    public static PromiseRedraws Run(RedrawOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var request = new PlanRequest
        {
            Selection = new SelectionPart(MadeExits.Of(PartNames.Selection, Selection, seed: 1)),
            Costs = CostStructure.Default(MadeExits.Layers),
        };
        var population = MadeExits.Of(PartNames.Calibration, Population, seed: 2);
        var chains = PromiseRedrawing.Chains(request, [population], options, out var leftOut, cancellationToken);
        var known = s_counts.SelectMany(_ => PromiseRedrawing.Losses, (plans, loss) => Known(plans, loss, options));
        int[] samples = [RedrawOptions.ManySamples];
        var redrawn = Redrawing.Run([.. chains, .. known], Population, samples, options, cancellationToken);
        return new PromiseRedraws(
            options.Draws, options.Confidence, options.MaxDrop, Population, samples, [.. redrawn.Take(chains.Count)])
        {
            Known = [.. redrawn.Skip(chains.Count)],
            LeftOut = leftOut,
        };
    }

    /// <summary>
    /// Plans of which the dearest loses 0.1 %, the others more and more, evenly up to twice what is promised; each loses where those before
    /// it do. Where gains count, each gains 0.1 % as well and loses as much more.
    /// </summary>
    internal static RedrawableChain Known(int plans, PromiseLoss loss, RedrawOptions options)
    {
        var claim = PromiseClaim.Of(new PromiseOptions { MaxDrop = options.MaxDrop, Loss = loss }, labelled: true)[0];
        var gains = loss == PromiseLoss.Paired ? Places(LeastLoss) : 0;
        var step = plans == 1 ? 0 : Math.Max(0, (2 * options.MaxDrop) - LeastLoss) / (plans - 1);
        return new RedrawableChain(
            $"known losses ({plans})", claim,
            new PopulationPlans(
                Population, Enumerable.Range(0, plans).Select(plan => Losses(Places(LeastLoss + (plan * step)) + gains, gains)),
                [.. Enumerable.Range(1, plans).Select(plan => 0.9 * plan / plans)], gains > 0),
            Unpromised: null);
    }

    private static int Places(double share) => (int)Math.Round(share * Population);

    private static sbyte[] Losses(int plus, int minus)
    {
        var losses = new sbyte[Population];
        losses.AsSpan(0, plus).Fill(1);
        losses.AsSpan(Population - minus).Fill(-1);
        return losses;
    }
}
