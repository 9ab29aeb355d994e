using Dimec.Costs;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Evaluation;

/// <summary>A policy's results over the halvings, sample by sample.</summary>
internal sealed class CrossFitTotal(string name, int samples)
{
    private readonly int[] _right = new int[samples];
    private double _cost;
    private int _plans;
    private int _kept;

    public void Add(PolicyRun run, RecordedExits read, int[] places, bool kept)
    {
        var right = run.Right(read);
        for (var i = 0; i < places.Length; i++)
            _right[places[i]] += right[i] ? 1 : 0;
        _cost += run.MeanCost * places.Length;
        _plans++;
        _kept += kept ? 1 : 0;
    }

    /// <summary>Every halving reads each sample once.</summary>
    public CrossFitRow Row(int halvings, bool[] cloudRight, RecordedExits part, CostStructure costs, EvaluationOptions options)
    {
        double[] lost = [.. _right.Select((right, i) => (cloudRight[i] ? 1 : 0) - (right / (double)halvings))];
        var cost = _cost / halvings / samples;
        return new CrossFitRow(
            name, _right.Sum() / (double)halvings / samples, cost, 1 - (cost / costs.Cloud), lost.Average(), Bootstrap(lost, part.Gold, options), _kept / (double)_plans);
    }

    private static Interval Bootstrap(double[] lost, IReadOnlyList<int> gold, EvaluationOptions options)
    {
        double[][] strata = [.. Enumerable.Range(0, lost.Length).GroupBy(i => gold[i]).OrderBy(group => group.Key).Select(group => group.Select(i => lost[i]).ToArray())];
        var random = new Random(options.Seed);
        var drops = new double[options.BootstrapDraws];
        for (var draw = 0; draw < drops.Length; draw++)
        {
            var sum = 0.0;
            foreach (var stratum in strata)
            {
                for (var i = 0; i < stratum.Length; i++)
                    sum += stratum[random.Next(stratum.Length)];
            }

            drops[draw] = sum / lost.Length;
        }

        return Interval.OfDraws(drops);
    }
}
