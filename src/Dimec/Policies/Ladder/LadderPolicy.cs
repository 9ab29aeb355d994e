using Dimec.Costs;
using Dimec.Exits.Stacking;
using Dimec.Predictions;

namespace Dimec.Policies.Ladder;

/// <summary>
/// The ladder (method section 9): exit 0 first where there is one, then exits of the tiers, from cheap to dear; each answers where its
/// confidence, stacked on the exits passed before it, is at least its own threshold, and the last answers what is left. Stops may lie
/// within tiers, tiers may be skipped, and a tier goes on from the hidden state of the stop before where that is cheaper than the text.
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
        return place < 0 || place == _stops.Length - 1 || Answer(state).Confidence >= _stops[place].Threshold
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
        stacked.Begin(scores);
        var from = state.Visits.Length - stacked.Inputs.Count;
        for (var input = 0; input < stacked.Inputs.Count; input++)
            stacked.Add(input, state.Visits[from + input].Logits.Span, scores);
        return StackedExit.Answer(scores);
    }

    public double? Trust(int tier, in PolicyState state) => state.Visits[^1].Confidence;

    /// <summary>The step to a stop.</summary>
    public static PolicyStep StepTo(LadderStop stop) => stop.Start switch
    {
        WorkStart.Forwarded => PolicyStep.Resume(stop.Tier, stop.Exit),
        WorkStart.Carried => PolicyStep.Resume(stop.Tier, stop.Exit, carried: true),
        _ => PolicyStep.RunOn(stop.Tier, stop.Exit),
    };

    private static bool HasInputs(StackedExit stacked, ReadOnlySpan<Visit> visits)
    {
        var from = visits.Length - stacked.Inputs.Count;
        if (from < 0)
            return false;
        for (var input = 0; input < stacked.Inputs.Count; input++)
        {
            if (visits[from + input].Exit != stacked.Inputs[input])
                return false;
        }

        return true;
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
