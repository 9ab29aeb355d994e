using Dimec.Costs;
using Dimec.Evaluation.Seeds;
using Dimec.Policies;
using Dimec.Policies.Ladder;
using Dimec.Predictions;
using Dimec.Statistics;

namespace Dimec.Evaluation.CrossFitting;

/// <summary>A policy's results over the halvings, sample by sample.</summary>
internal sealed class CrossFitTotal(string name, int samples)
{
    private readonly int[] _right = new int[samples];
    private double _cost;
    private int _plans;
    private int _kept;

    /// <summary>The policy's name.</summary>
    public string Name => name;

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

    /// <summary>For each sample the share of halvings in which it was answered right: every halving reads each sample once.</summary>
    public double[] Right(int halvings) => [.. _right.Select(right => right / (double)halvings)];

    /// <summary>The policy's row, with its drops against the cloud and, where there is one, the stacked cloud.</summary>
    public CrossFitRow Row(
        int halvings, double[] cloudRight, double[]? stackedRight, RecordedExits part, CostStructure costs, EvaluationOptions options)
    {
        var right = Right(halvings);
        var cost = _cost / halvings / samples;
        var lost = Lost(cloudRight);
        return new CrossFitRow(
            name, _right.Sum() / (double)halvings / samples, cost, 1 - (cost / costs.Cloud), lost.Average(),
            name == costs.Tiers[^1].Name ? default : IntervalOf(lost), _kept / (double)_plans)
        {
            StackedDrop = stackedRight is null ? null : Lost(stackedRight).Average(),
            StackedDropInterval = stackedRight is null ? null
                : name == LadderFactory.StackedCloud ? default(Interval)
                : IntervalOf(Lost(stackedRight)),
        };

        double[] Lost(double[] reference) => [.. reference.Zip(right, (other, own) => other - own)];

        Interval IntervalOf(double[] values) => SeedMean.OfLost([values], part.Gold, options).Interval;
    }
}
