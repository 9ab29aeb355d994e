using Dimec.Costs;
using Dimec.Evaluation.Seeds;
using Dimec.Policies;
using Dimec.Predictions;

namespace Dimec.Evaluation.CrossFitting;

/// <summary>A policy's results over the halvings, sample by sample.</summary>
internal sealed class CrossFitTotal(string name, int samples)
{
    private readonly int[] _right = new int[samples];
    private double _cost;
    private int _plans;
    private int _kept;

    /// <summary>Whether there ever was a candidate: a policy whose needs no half can meet has no row.</summary>
    public bool HasCandidates { get; private set; }

    /// <summary>Adds what a plan did with the half that it was read on; where there was no plan, what the cloud did.</summary>
    public void Add(PolicyRun run, RecordedExits read, int[] places, bool kept, bool hasCandidates)
    {
        HasCandidates |= hasCandidates;
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
            name, _right.Sum() / (double)halvings / samples, cost, 1 - (cost / costs.Cloud), lost.Average(),
            name == costs.Tiers[^1].Name ? default : SeedMean.OfLost([lost], part.Gold, options).Interval, _kept / (double)_plans);
    }
}
