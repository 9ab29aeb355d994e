using Dimec.Exits.Stacking;
using Dimec.Predictions;

namespace Dimec.Policies.Ladder;

/// <summary>
/// Ladders of one path and route at every price of a loss: a stop answers where the modelled probability that its answer is not the wanted
/// one is at most the price times what going on is expected to cost. One number moves all thresholds together, so that neighbours differ
/// little and no luck of single samples is in them, as it is in the cheapest of a grid.
/// </summary>
internal sealed class LadderFamily
{
    /// <summary>What going on costs depends on the thresholds that follow from it; after so many rounds it hardly moves.</summary>
    private const int Rounds = 3;

    private readonly LadderStacks _stacks;
    private readonly int[] _last;
    private readonly double[][] _scores;
    private readonly StopRisk[] _risks;
    private readonly double[][] _modelled;
    private readonly double _lastRisk;
    private readonly ExitAnswer[][] _answers;
    private readonly IReadOnlyList<int> _wanted;

    /// <summary>Models the risk of each stop.</summary>
    /// <param name="path">The path.</param>
    /// <param name="stacks">The stacked exits and scores.</param>
    /// <param name="wanted">By sample, the answer that counts as right.</param>
    /// <param name="endsStacked">
    /// Whether the last stop, which answers what no other is sure of, is the stacked cloud; else it is the cloud. So the thresholds can
    /// bring a ladder as near to what it is held to as is wanted.
    /// </param>
    public LadderFamily(LadderPath path, LadderStacks stacks, IReadOnlyList<int> wanted, bool endsStacked)
    {
        (Path, _stacks, _wanted) = (path, stacks, wanted);
        int[] exits = [.. path.Exits];
        _last = endsStacked && exits is [0, _, ..] ? [0, exits[^1]] : exits[^1..];
        _answers = [.. Enumerable.Range(1, exits.Length).Select(stop => StackOf(stop - 1).Answers)];
        _scores = [.. Enumerable.Range(1, exits.Length - 1).Select(stop => stacks.ScoreOf(exits[..stop]).Scores)];
        // Where no answer is wanted none is wrong.
        bool[][] right =
            [.. _answers.Select(stop => stop.Select((answer, sample) => wanted[sample] < 0 || answer.Label == wanted[sample]).ToArray())];
        _risks = [.. _scores.Select((scores, stop) => StopRisk.Fit(scores, right[stop]))];
        _modelled = [.. _scores.Select((scores, stop) => scores.Select(_risks[stop].Of).ToArray())];
        _lastRisk = right[^1].Count(isRight => !isRight) / (double)right[^1].Length;
    }

    /// <summary>The path.</summary>
    public LadderPath Path { get; }

    /// <summary>The ladder at a price.</summary>
    /// <param name="route">Where its stops run.</param>
    /// <param name="price">What a unit of cost may lose, over 0.</param>
    public LadderMember At(LadderRoute route, double price)
    {
        var stops = _scores.Length;
        var (thresholds, ahead, reached) = (new double[stops], new double[stops], new int[stops + 1]);
        for (var stop = 0; stop < stops; stop++)
            ahead[stop] = route.Paid[^1] - route.Paid[stop];
        var risk = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            for (var stop = 0; stop < stops; stop++)
                thresholds[stop] = _risks[stop].ScoreAt(price * ahead[stop]);
            risk = Walk(thresholds, reached);
            for (var stop = 0; stop < stops; stop++)
            {
                if (reached[stop + 1] > 0)
                    ahead[stop] = Enumerable.Range(stop + 1, stops - stop)
                        .Sum(next => reached[next] / (double)reached[stop + 1] * (route.Paid[next] - route.Paid[next - 1]));
            }
        }

        var cost = 0.0;
        for (var stop = 0; stop <= stops; stop++)
            cost += reached[stop] * (route.Paid[stop] - (stop == 0 ? 0 : route.Paid[stop - 1]));
        return new LadderMember(this, route, thresholds, cost / _wanted.Count, risk);
    }

    /// <summary>A stop's exit combined with others, and what that answers.</summary>
    /// <param name="stop">The stop's place, from 0.</param>
    public (StackedExit Stacked, ExitAnswer[] Answers) StackOf(int stop) =>
        _stacks.Of(stop == Path.Exits.Count - 1 ? _last : [.. Path.Exits.Take(stop + 1)]);

    /// <summary>How many samples answer as is wanted.</summary>
    public int Right(double[] thresholds) => Enumerable.Range(0, _wanted.Count)
        .Count(sample => _answers[StopOf(sample, thresholds)][sample].Label == _wanted[sample]);

    /// <summary>The stop that answers a sample.</summary>
    public int StopOf(int sample, double[] thresholds)
    {
        var stop = 0;
        while (stop < thresholds.Length && _scores[stop][sample] < thresholds[stop])
            stop++;
        return stop;
    }

    /// <summary>Counts who reaches each stop.</summary>
    /// <returns>The share of samples that is expected to be answered otherwise than is wanted.</returns>
    private double Walk(double[] thresholds, int[] reached)
    {
        Array.Clear(reached);
        var risk = 0.0;
        for (var sample = 0; sample < _wanted.Count; sample++)
        {
            var last = StopOf(sample, thresholds);
            for (var stop = 0; stop <= last; stop++)
                reached[stop]++;
            risk += last < thresholds.Length ? _modelled[last][sample] : _lastRisk;
        }

        return risk / _wanted.Count;
    }
}
