using Dimec.Evaluation;
using Dimec.Evaluation.Seeds;
using Dimec.Predictions;
using Dimec.Statistics;

namespace Dimec.Studies.Ablations;

/// <summary>Works out a <see cref="TrainingComparison"/>.</summary>
internal sealed class TrainingComparer
{
    private readonly EvaluationOptions _options;
    private readonly RecordedExits _first;
    private readonly RecordedExits[] _bases;
    private readonly RecordedExits[] _others;

    /// <exception cref="InputException">A true class is unknown, or the runs were recorded on other samples or
    /// end at other layers.</exception>
    public TrainingComparer(IReadOnlyList<TrainingPair> seeds, EvaluationOptions options)
    {
        (_first, _options) = (seeds[0].Base, options);
        _first.RequireGold();
        _bases = [.. seeds.Select(seed => InOrder(seed.Base))];
        _others = [.. seeds.Select(seed => InOrder(seed.Other))];
    }

    private IEnumerable<RecordedExits> Runs => _bases.Concat(_others);

    public TrainingComparison Compare() =>
        new(
            _first.Part, _first.Count, _bases.Length,
            [.. _first.Exits.Where(exit => Runs.All(run => run.Exits.Contains(exit))).Select(Of)]);

    private ExitChange Of(int exit)
    {
        bool[][] before = [.. _bases.Select(run => Right(run, exit))];
        bool[][] after = [.. _others.Select(run => Right(run, exit))];
        var change = _bases.Zip(_others).All(pair => SameLogits(pair.First, pair.Second, exit)) ? default : Difference(before, after);
        if (exit == _first.Exits[^1])
            return new ExitChange(exit, Mean(before), Mean(after), change, Gap: null, Closed: null);
        bool[][] last = [.. _bases.Select(run => Right(run, _first.Exits[^1]))];
        var gap = Difference(before, last);
        return new ExitChange(
            exit, Mean(before), Mean(after), change, gap,
            gap.Interval.Lower > 0 ? Closed(before, after, last, change.Value / gap.Value) : null);
    }

    private Estimate Closed(bool[][] before, bool[][] after, bool[][] last, double value)
    {
        var (changes, gaps) = (Draws(before, after), Draws(before, last));
        return new Estimate(
            value, Interval.OfDraws([.. changes.Zip(gaps).Where(draw => draw.Second > 0).Select(draw => draw.First / draw.Second)]));
    }

    /// <summary>Accuracy of the latter less that of the former: the drop of the one against the other.</summary>
    private Estimate Difference(bool[][] former, bool[][] latter) =>
        SeedMean.OfDrop([.. former.Zip(latter, (one, other) => new SeedSample(one, other))], _first.Gold, _options).Estimate;

    private double[] Draws(bool[][] former, bool[][] latter) =>
        SeedMean.Draws(
            [.. former.Zip(latter, (one, other) => (double[])[.. one.Zip(other, (a, b) => (double)b.CompareTo(a))])], _first.Gold,
            _options);

    private static double Mean(bool[][] right) => right.Average(seed => seed.Count(isRight => isRight) / (double)seed.Length);

    private static bool[] Right(RecordedExits run, int exit) => run.Right(run.IndexOfExit(exit));

    private static bool SameLogits(RecordedExits one, RecordedExits other, int exit)
    {
        var (place, otherPlace) = (one.IndexOfExit(exit), other.IndexOfExit(exit));
        return Enumerable.Range(0, one.Count).All(i => one.Logits(i, place).SequenceEqual(other.Logits(i, otherPlace)));
    }

    private RecordedExits InOrder(RecordedExits run)
    {
        const string Fix = "compare runs of one task, recorded on the same part";
        var where = $"predictions/{run.Part}.jsonl";
        if (run.Exits[^1] != _first.Exits[^1])
            throw new InputException(where, $"ends at layer {run.Exits[^1]} where the first run ends at {_first.Exits[^1]}", Fix);
        var places = run.Guids.Index().ToDictionary(row => row.Item, row => row.Index, StringComparer.Ordinal);
        int[] order = [.. _first.Guids.Select(guid => places.GetValueOrDefault(guid, -1))];
        if (run.Part != _first.Part || run.Count != _first.Count || order.Contains(-1))
            throw new InputException(where, "holds other samples than the first run's", Fix);
        var sorted = run.Subset(run.Part, order);
        return sorted.Gold.SequenceEqual(_first.Gold)
            ? sorted
            : throw new InputException(where, "has other gold classes than the first run's", Fix);
    }
}
