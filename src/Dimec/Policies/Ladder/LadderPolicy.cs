using Dimec.Exits.Stacking;
using Dimec.Predictions;

namespace Dimec.Policies.Ladder;

/// <summary>
/// The ladder (method section 9): exit 0 first where there is one, then exits of the tiers, from cheap to dear; each answers where its
/// confidence, stacked on the exits passed before it, or its learned score is at least its own threshold, and the last answers what is
/// left. Stops may lie within tiers, tiers may be skipped, and a tier goes on from the hidden state of the stop before where that is
/// cheaper than the text.
/// </summary>
/// <param name="parameters">The stops.</param>
internal sealed class LadderPolicy(LadderParameters parameters) : IPolicy
{
    private const int MostOnStack = 256;

    private readonly LadderStop[] _stops = [.. parameters.Stops];
    private readonly bool[] _isPlain = [.. parameters.Stops.Select(stop => stop.Stacked.IsPlain)];

    public PolicyNeeds Needs { get; } = parameters.Asked;

    public PolicyStep Next(in PolicyState state)
    {
        if (state.Visits.IsEmpty)
            return StepTo(_stops[0]);
        // Where a tier was down another one ran the sample, perhaps to an exit that is no stop: it is the best that could be had.
        var place = StopOf(state.Visits[^1].Exit);
        return place < 0 || place == _stops.Length - 1 || Score(state, place) >= _stops[place].Threshold
            ? PolicyStep.Answer
            : StepTo(_stops[place + 1]);
    }

    public ExitAnswer Answer(in PolicyState state)
    {
        var last = state.Visits[^1];
        if (StopOf(last.Exit) is not (>= 0 and var place) || _isPlain[place] || !HasInputs(_stops[place].Stacked, state.Visits))
            return last.Answer;
        var classes = last.Logits.Length;
        Span<double> scores = classes <= MostOnStack ? stackalloc double[classes] : new double[classes];
        var stacked = _stops[place].Stacked;
        Combine(stacked, state.Visits, scores);
        return StackedExit.Answer(scores);
    }

    /// <summary>How sure a stop is; where other exits were passed than the stops before it, that is its confidence.</summary>
    private double Score(in PolicyState state, int place)
    {
        if (_stops[place].Score is not { } score || !HasPassed(state.Visits, place))
            return Answer(state).Confidence;
        var own = state.Visits[^1].Logits.Span;
        Span<double> scores = own.Length <= MostOnStack ? stackalloc double[own.Length] : new double[own.Length];
        Combine(_stops[place].Stacked, state.Visits, scores);
        var label = Answer(state).Label;
        var passed = default(PassedExits);
        foreach (var visit in state.Visits[..place])
            passed.Add(visit.Logits.Span, label);
        Span<double> features = stackalloc double[StopFeatures.Names.Count];
        StopFeatures.Fill(scores, own, passed, features);
        return score.Of(features);
    }

    public double? Trust(int tier, in PolicyState state) => state.Visits[^1].Confidence;

    /// <summary>The step to a stop.</summary>
    public static PolicyStep StepTo(LadderStop stop) => PolicyStep.To(stop.Tier, stop.Exit, stop.Start);

    private static void Combine(StackedExit stacked, ReadOnlySpan<Visit> visits, Span<double> scores)
    {
        stacked.Begin(scores);
        for (var input = 0; input < stacked.Inputs.Count; input++)
            stacked.Add(input, visits[VisitOf(stacked.Inputs[input], visits)].Logits.Span, scores);
    }

    /// <summary>Whether the visits are the stops up to one, and no others.</summary>
    private bool HasPassed(ReadOnlySpan<Visit> visits, int place)
    {
        if (visits.Length != place + 1)
            return false;
        for (var stop = 0; stop <= place; stop++)
        {
            if (visits[stop].Exit != _stops[stop].Exit)
                return false;
        }

        return true;
    }

    private static bool HasInputs(StackedExit stacked, ReadOnlySpan<Visit> visits)
    {
        foreach (var input in stacked.Inputs)
        {
            if (VisitOf(input, visits) < 0)
                return false;
        }

        return true;
    }

    /// <summary>The last visit of an exit; −1 where it was not passed.</summary>
    private static int VisitOf(int exit, ReadOnlySpan<Visit> visits)
    {
        var place = visits.Length - 1;
        while (place >= 0 && visits[place].Exit != exit)
            place--;
        return place;
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
