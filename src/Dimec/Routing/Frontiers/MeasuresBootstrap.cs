using Dimec.Evaluation;
using Dimec.Evaluation.Routers;
using Dimec.Evaluation.Seeds;
using Dimec.Routing.Plans;
using Dimec.Statistics;

namespace Dimec.Routing.Frontiers;

/// <summary>
/// Measures a score with 95 % intervals: a paired percentile bootstrap, each resample as many samples as there are, weak tier, strong tier
/// and score together. A resample without a gap between the tiers has no measures, and counts as beyond both ends of an interval.
/// </summary>
internal sealed class MeasuresBootstrap
{
    /// <summary>By score, from the one that needs the strong tier most: its samples.</summary>
    private readonly int[] _scoreOf;

    /// <summary>By sample, in the order of the scores: 1 where only the strong tier is right, −1 where only the weak one is.</summary>
    private readonly sbyte[] _gains;

    private readonly int[] _drawn;
    private readonly int[] _gained;
    private readonly (double PassedOn, double Recovered)[] _curve;

    public MeasuresBootstrap(RouterTable table, ScoreDirection higher)
    {
        var (weak, strong) = (table.Answers(0), table.Answers(table.Tiers.Count - 1));
        var order = new ScoreOrder(table, higher);
        (_scoreOf, _gains) = (new int[table.Count], new sbyte[table.Count]);
        var score = 0;
        for (var place = 0; place < table.Count; place++)
        {
            var row = order.Rows[table.Count - 1 - place];
            if (place > 0 && table.Scores[row] != table.Scores[order.Rows[table.Count - place]])
                score++;
            _scoreOf[place] = score;
            _gains[place] = (sbyte)((strong[row] == table.Gold[row] ? 1 : 0) - (weak[row] == table.Gold[row] ? 1 : 0));
        }

        (_drawn, _gained) = (new int[score + 1], new int[score + 1]);
        _curve = new (double PassedOn, double Recovered)[score + 2];
    }

    /// <summary>The measures; null where the samples do not show a gap, their own or in over 2.5 % of the resamples.</summary>
    public RouterMeasures? Measure(EvaluationOptions options)
    {
        InputErrors.Check(options.Validate);
        if (Of(place => place) is not { } own)
            return null;
        var random = new Xoshiro(options.Seed);
        CallPerformance?[] draws = [.. Enumerable.Range(0, options.BootstrapDraws).Select(_ => Of(_ => random.Next(_gains.Length)))];
        Estimate? Estimated(Func<CallPerformance, double?> measure)
        {
            double End(double missing, Func<Interval, double> end) =>
                end(Interval.OfDraws([.. draws.Select(draw => draw is null ? missing : measure(draw) ?? missing)]));
            var interval = new Interval(
                End(double.NegativeInfinity, ends => ends.Lower), End(double.PositiveInfinity, ends => ends.Upper));
            return double.IsFinite(interval.Lower) && double.IsFinite(interval.Upper) ? new Estimate(measure(own)!.Value, interval) : null;
        }

        return Estimated(found => found.Cpt20) is { } cpt20 && Estimated(found => found.Cpt50) is { } cpt50
            && Estimated(found => found.Cpt80) is { } cpt80 && Estimated(found => found.Apgr) is { } apgr
            ? new RouterMeasures(cpt20, cpt50, cpt80, apgr)
            : null;
    }

    private CallPerformance? Of(Func<int, int> sample)
    {
        Array.Clear(_drawn);
        Array.Clear(_gained);
        var gap = 0;
        for (var i = 0; i < _gains.Length; i++)
        {
            var place = sample(i);
            _drawn[_scoreOf[place]]++;
            _gained[_scoreOf[place]] += _gains[place];
            gap += _gains[place];
        }

        if (gap <= 0)
            return null;
        var (points, passed, recovered) = (1, 0, 0);
        for (var score = 0; score < _drawn.Length; score++)
        {
            if (_drawn[score] == 0)
                continue;
            passed += _drawn[score];
            recovered += _gained[score];
            _curve[points++] = (passed / (double)_gains.Length, recovered / (double)gap);
        }

        return CallPerformance.Of(_curve.AsSpan(0, points));
    }
}
