using Dimec.Costs;
using Dimec.Exits.Stacking;
using Dimec.Predictions;

namespace Dimec.Policies.Hybrid;

/// <summary>
/// Hybrid routing (method section 9): before a layer has run, exit 0 and e(x) say for each stop how likely it is to be right, and the one
/// with the largest P(right) − price · cost is taken, exit 0 among them; a stop that answers unsurely escalates to the next, as a ladder
/// does. Once a layer has run, nothing but the visits is looked at, so that a tier can go on without e(x).
/// </summary>
internal sealed class HybridPolicy : IPolicy
{
    private const int MostOnStack = 256;

    private readonly HybridStop[] _stops;
    private readonly double[] _prices;
    private readonly MapModel? _map;

    /// <summary>Makes it.</summary>
    /// <param name="parameters">The stops and the price.</param>
    /// <param name="costs">The costs that it was planned for.</param>
    public HybridPolicy(HybridParameters parameters, CostStructure costs)
    {
        (_stops, _map, Needs) = ([.. parameters.Stops], parameters.Map, parameters.Asked);
        _prices = [.. _stops.Select(stop => parameters.Price * EntryCost(stop.Tier, stop.Exit, costs))];
    }

    public PolicyNeeds Needs { get; }

    /// <summary>What it costs to begin at a stop: exit 0, which every sample passes, and the stop's layers with the text.</summary>
    public static double EntryCost(int tier, int exit, CostStructure costs) =>
        costs.Of(TierWork.Further(0, 0, 0)) + (exit == 0 ? 0 : costs.Of(TierWork.OfText(tier, exit)));

    /// <summary>The stop with the largest expected reward, of equals the first.</summary>
    /// <param name="right">P(right) of each stop.</param>
    /// <param name="prices">What each costs, in probability.</param>
    public static int First(ReadOnlySpan<double> right, ReadOnlySpan<double> prices)
    {
        var best = 0;
        for (var stop = 1; stop < right.Length; stop++)
        {
            if (right[stop] - prices[stop] > right[best] - prices[best])
                best = stop;
        }

        return best;
    }

    public PolicyStep Next(in PolicyState state)
    {
        if (state.Visits[^1].Exit == 0)
            return First(state) is > 0 and var first ? PolicyStep.RunOn(_stops[first].Tier, _stops[first].Exit) : PolicyStep.Answer;
        // Where a tier was down another one ran the sample, perhaps to an exit that is no stop: it is the best that could be had.
        var place = StopOf(state.Visits[^1].Exit);
        return place < 0 || place == _stops.Length - 1 || Answer(state).Confidence >= _stops[place].Threshold
            ? PolicyStep.Answer
            : StepTo(_stops[place + 1]);
    }

    public ExitAnswer Answer(in PolicyState state)
    {
        var last = state.Visits[^1];
        if (StopOf(last.Exit) is not (> 0 and var place) || _stops[place].Stacked.IsPlain || state.Visits[0].Exit != 0)
            return last.Answer;
        Span<double> scores = last.Logits.Length <= MostOnStack ? stackalloc double[last.Logits.Length] : new double[last.Logits.Length];
        var stacked = _stops[place].Stacked;
        stacked.Begin(scores);
        stacked.Add(0, state.Visits[0].Logits.Span, scores);
        stacked.Add(1, last.Logits.Span, scores);
        return StackedExit.Answer(scores);
    }

    public double? Trust(int tier, in PolicyState state) => state.Visits[^1].Confidence;

    /// <summary>The step to a stop from the one before.</summary>
    public static PolicyStep StepTo(HybridStop stop) => PolicyStep.To(stop.Tier, stop.Exit, stop.Start);

    private int First(in PolicyState state)
    {
        var zero = state.Visits[^1].Logits.Span;
        Span<double> scores = zero.Length <= MostOnStack ? stackalloc double[zero.Length] : new double[zero.Length];
        Span<double> features = stackalloc double[EntryFeatures.Count(withMap: true)];
        EntryFeatures.Fill(zero, state.Embedding, _map, scores, features);
        Span<double> right = stackalloc double[_stops.Length];
        for (var stop = 0; stop < right.Length; stop++)
            right[stop] = _stops[stop].Right.Of(features);
        return First(right, _prices);
    }

    private int StopOf(int exit)
    {
        for (var place = 0; place < _stops.Length; place++)
        {
            if (_stops[place].Exit == exit)
                return place;
        }

        return -1;
    }
}
