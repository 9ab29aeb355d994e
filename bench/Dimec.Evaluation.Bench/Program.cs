using System.Diagnostics;
using System.Globalization;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Evaluation.Bench;
using Dimec.Evaluation.CrossFitting;
using Dimec.Evaluation.Seeds;
using Dimec.Planning;
using Dimec.Policies.Fitting;
using Dimec.Predictions;
using Dimec.Runs;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;
using Dimec.Studies.Promises;
using Dimec.Studies.Sweeps;

// dotnet run -c Release --project bench/Dimec.Evaluation.Bench [selection samples] [reported samples] [classes]
// dotnet run -c Release --project bench/Dimec.Evaluation.Bench -- RUN
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [var folder] && Directory.Exists(folder))
{
    var run = new RunFolder(folder);
    var part = new RunParts(run).Predictions(PartNames.Dev);
    Sweep(PlanInputs.ReadAt(run, CostStructure.Default([2, 4, 6]), PlanChoices.Default), part);
    return;
}

int Argument(int place, int usual) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : usual;
var (selected, reported, classes) = (Argument(0, 6700), Argument(1, 900), Argument(2, 2));

var parts = new MadeParts(seed: 1);
var (selection, dev, map) = (parts.Exits("selection", selected, classes), parts.Exits("dev", reported, classes), parts.Map(6000));
PlanRequest Request() => new() { Selection = new SelectionPart(selection), Costs = CostStructure.Default([2, 4, 6]), Training = map };
Console.WriteLine($"{Environment.ProcessorCount} processors; selection {selected:#,0}, "
    + $"reported {reported:#,0}, {classes} classes, exits after each of 6 layers");

Sweep(Request(), dev);

var (policy, cloud, gold) = Answers(10_000);
var ours = Seconds(() => SeedMean.OfDrop([new SeedSample(policy, cloud)], gold, new EvaluationOptions()), out _);
Console.WriteLine($"bootstrap over rows, 10,000 draws of 10,000 samples: {ours:0.00} s");
var fitted = Seconds(() => CrossFit.Run(Request(), dev, new EvaluationOptions()), out _);
Console.WriteLine($"cross-fit, 20 halvings both ways: {fitted:0.0} s");
var calibration = parts.Exits("calibration", selected, classes);
var drawn = Seconds(() => PromiseRedrawing.Run(
    Request(), [calibration, dev], new RedrawOptions(RedrawOptions.UsualDraws, 0.005), CancellationToken.None), out var redraws);
Console.WriteLine($"{redraws.Draws:#,0} redraws at {string.Join(" and ", redraws.Samples.Select(n => $"{n:#,0}"))} samples of "
    + $"{redraws.Chains.Count} chains, {redraws.Chains.Sum(chain => chain.Plans):#,0} plans, by every procedure and bound, "
    + $"planning included: {drawn:0.0} s");

static void Sweep(PlanRequest request, RecordedExits part)
{
    var structures = CostGrid.Around(CostStructure.Default([2, 4, 6]));
    var whole = Seconds(() => CostSweep.Run(Anew(), part, structures, null, CancellationToken.None), out var sweep);
    Console.WriteLine(
        $"sweep of {sweep.Rows.Count} cost structures x {sweep.Rows[0].Cells.Count} policies, each planned anew: {whole:0.0} s");
    // What somebody does who has a planner and a loop: nothing is kept from one structure to the next.
    CostStructure[] few = [.. structures.Where((_, i) => i % 27 == 0)];
    var loop = Seconds(() => few.Select(costs => new Planner(Anew() with { Costs = costs }).PlanAll()).ToArray(), out _)
        / few.Length * structures.Count;
    Console.WriteLine($"the same by a loop over planners: {loop:0.0} s ({loop / whole:0.0} x), from {few.Length} structures");

    // Nothing of the one is to be known to the other.
    PlanRequest Anew() => request with { Memory = new FittingMemory() };
}

static double Seconds<T>(Func<T> work, out T result)
{
    var clock = Stopwatch.StartNew();
    result = work();
    return clock.Elapsed.TotalSeconds;
}

static (bool[] Policy, bool[] Cloud, int[] Gold) Answers(int count)
{
    var random = new Random(2);
    bool[] Right(double share) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < share)];
    return (Right(0.85), Right(0.86), [.. Enumerable.Range(0, count).Select(_ => random.Next(2))]);
}
