using System.Numerics;
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
    /// <summary>
    /// What going on costs depends on the thresholds that follow from it; after so many rounds it hardly moves. Later prices begin with
    /// what the one before came to.
    /// </summary>
    private const int FirstRounds = 3;

    private readonly LadderStacks _stacks;
    private readonly int[] _last;
    private readonly ExitAnswer[][] _answers;
    private readonly StopRisk[] _risks;

    /// <summary>Samples as the first stop is less to more sure of them, so that those which go on there are the first ones.</summary>
    private readonly int[] _order;

    /// <summary>By stop and place in the order.</summary>
    private readonly double[][] _scores;
    private readonly double[][] _modelled;

    /// <summary>By place in the order: the modelled losses at the first stop from there to the end.</summary>
    private readonly double[] _firstLosses;
    private readonly double _lastRisk;

    /// <summary>Models the risk of each stop.</summary>
    /// <param name="path">The path.</param>
    /// <param name="stacks">The stacked exits and scores.</param>
    /// <param name="wanted">By sample, the answer that is wanted, below 0 for none; null for what the last stop answers.</param>
    /// <param name="endsStacked">
    /// Whether the last stop, which answers what no other is sure of, is the stacked cloud; else it is the cloud. So the thresholds can
    /// bring a ladder as near to what it is held to as is wanted.
    /// </param>
    public LadderFamily(LadderPath path, LadderStacks stacks, IReadOnlyList<int>? wanted, bool endsStacked)
    {
        (Path, _stacks) = (path, stacks);
        int[] exits = [.. path.Exits];
        _last = endsStacked && exits is [0, _, ..] ? [0, exits[^1]] : exits[^1..];
        _answers = [.. Enumerable.Range(0, exits.Length).Select(stop => StackOf(stop).Answers)];
        double[][] scores = [.. Enumerable.Range(1, exits.Length - 1).Select(stop => stacks.ScoreOf(exits[..stop]).Scores)];
        // Where no answer is wanted none is wrong.
        bool[][] right = [.. _answers.Select(stop => stop.Select((answer, sample) =>
            wanted is null ? answer.Label == _answers[^1][sample].Label : wanted[sample] < 0 || answer.Label == wanted[sample]).ToArray())];
        _risks = [.. scores.Select((stop, place) => StopRisk.Fit(stop, right[place]))];
        _lastRisk = right[^1].Count(isRight => !isRight) / (double)right[^1].Length;
        _order = [.. Enumerable.Range(0, right[^1].Length)];
        if (scores.Length > 0)
            Array.Sort((double[])scores[0].Clone(), _order);
        _scores = [.. scores.Select(stop => _order.Select(sample => stop[sample]).ToArray())];
        _modelled = [.. _scores.Select((stop, place) => stop.Select(_risks[place].Of).ToArray())];
        _firstLosses = new double[_order.Length + 1];
        for (var place = _order.Length - 1; place >= 0; place--)
            _firstLosses[place] = _firstLosses[place + 1] + (scores.Length > 0 ? _modelled[0][place] : _lastRisk);
    }

    /// <summary>The path.</summary>
    public LadderPath Path { get; }

    /// <summary>The ladders at some prices; one that is that of the price before is left out.</summary>
    /// <param name="route">Where its stops run.</param>
    /// <param name="prices">What a unit of cost may lose, over 0, ascending.</param>
    public IEnumerable<LadderMember> At(LadderRoute route, IEnumerable<double> prices)
    {
        var stops = _scores.Length;
        var (before, ahead, reached) = (Array.Empty<double>(), new double[stops], new int[stops + 1]);
        for (var stop = 0; stop < stops; stop++)
            ahead[stop] = route.Paid[^1] - route.Paid[stop];
        foreach (var (place, price) in prices.Index())
        {
            var (thresholds, risk) = (Thresholds(price, ahead), 0.0);
            if (place > 0 && thresholds.AsSpan().SequenceEqual(before))
                continue;
            for (var round = 1; ; round++)
            {
                risk = Walk(thresholds, reached);
                Ahead(route, reached, ahead);
                if (place > 0 || round == FirstRounds)
                    break;
                thresholds = Thresholds(price, ahead);
            }

            before = thresholds;
            var cost = 0.0;
            for (var stop = 0; stop <= stops; stop++)
                cost += reached[stop] * route.Step(stop);
            yield return new LadderMember(this, route, thresholds, cost / _order.Length, risk);
        }
    }

    /// <summary>A stop's exit combined with others, and what that answers.</summary>
    /// <param name="stop">The stop's place, from 0.</param>
    public (StackedExit Stacked, ExitAnswer[] Answers) StackOf(int stop) =>
        _stacks.Of(stop == Path.Exits.Count - 1 ? _last : [.. Path.Exits.Take(stop + 1)]);

    /// <summary>
    /// For each stop, how many samples it answers; how many of all are answered as is wanted; and of how many that holds here or at the
    /// last stop and not both.
    /// </summary>
    /// <param name="thresholds">One for each stop but the last.</param>
    /// <param name="wanted">By sample, the answer that counts.</param>
    public (int[] Answered, int Right, int Discordant) Count(double[] thresholds, IReadOnlyList<int> wanted)
    {
        var (answered, right, discordant) = (new int[thresholds.Length + 1], 0, 0);
        for (var place = 0; place < _order.Length; place++)
        {
            var (stop, sample) = (StopOf(place, 0, thresholds), _order[place]);
            answered[stop]++;
            var isRight = _answers[stop][sample].Label == wanted[sample];
            right += isRight ? 1 : 0;
            discordant += isRight != (_answers[^1][sample].Label == wanted[sample]) ? 1 : 0;
        }

        return (answered, right, discordant);
    }

    private double[] Thresholds(double price, double[] ahead) =>
        [.. ahead.Select((left, stop) => _risks[stop].ScoreAt(price * left))];

    private static void Ahead(LadderRoute route, int[] reached, double[] ahead)
    {
        for (var stop = 0; stop < ahead.Length; stop++)
        {
            if (reached[stop + 1] == 0)
                continue;
            var sum = 0.0;
            for (var next = stop + 1; next <= ahead.Length; next++)
                sum += reached[next] * route.Step(next);
            ahead[stop] = sum / reached[stop + 1];
        }
    }

    private int StopOf(int place, int from, double[] thresholds)
    {
        var stop = from;
        while (stop < thresholds.Length && _scores[stop][place] < thresholds[stop])
            stop++;
        return stop;
    }

    /// <summary>Counts who reaches each stop.</summary>
    /// <returns>The share of samples that is expected to be answered otherwise than is wanted.</returns>
    private double Walk(double[] thresholds, int[] reached)
    {
        Array.Clear(reached);
        reached[0] = _order.Length;
        var going = thresholds.Length == 0 ? 0 : GoingOn(thresholds[0]);
        var risk = _firstLosses[going];
        if (thresholds.Length > 0)
            reached[1] = going;
        // Samples side by side, since nobody can foretell which of them go on: who has is a mask.
        var (wide, lost) = (going - (going % Vector<double>.Count), Vector<double>.Zero);
        Span<Vector<long>> passed = stackalloc Vector<long>[thresholds.Length];
        passed.Clear();
        for (var place = 0; place < wide; place += Vector<double>.Count)
        {
            var goingOn = Vector<long>.AllBitsSet;
            for (var stop = 1; stop < thresholds.Length; stop++)
            {
                var below = Vector.LessThan(new Vector<double>(_scores[stop], place), new Vector<double>(thresholds[stop])) & goingOn;
                var answered = Vector.AsVectorDouble(Vector.AndNot(goingOn, below));
                lost += Vector.BitwiseAnd(answered, new Vector<double>(_modelled[stop], place));
                passed[stop] -= below;
                goingOn = below;
            }
        }

        risk += Vector.Sum(lost);
        for (var stop = 1; stop < thresholds.Length; stop++)
            reached[stop + 1] = (int)Vector.Sum(passed[stop]);
        for (var place = wide; place < going; place++)
        {
            var last = StopOf(place, 1, thresholds);
            for (var stop = 2; stop <= last; stop++)
                reached[stop]++;
            risk += last < thresholds.Length ? _modelled[last][place] : 0;
        }

        return (risk + (thresholds.Length == 0 ? 0 : reached[^1] * _lastRisk)) / _order.Length;
    }

    /// <summary>How many samples are below the first stop's threshold.</summary>
    private int GoingOn(double threshold)
    {
        var (low, high) = (0, _order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _scores[0][middle] < threshold ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
