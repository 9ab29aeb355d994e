using Dimec.Files;
using Dimec.Reporting;
using Dimec.Runs;

// What 'dimec map', 'plan' and 'evaluate' do, in a program: run-as-library RUN POLICY PLAN.json
var run = Run.Open(args[0]);
var map = run.Map();
DataMapPlot.Write(map, run.Folder);
if (!run.Plan(policy: args[1]).TryGet(out var plan, out var reason))
{
    Console.Error.WriteLine($"{args[1]}: not possible. {reason}");
    return 3;
}

AtomicFile.Write(args[2], plan.Write);
var evaluation = run.Evaluate(plan);
evaluation.Write();
if (evaluation.Find(plan.Policy) is { } reported)
{
    Console.WriteLine($"{map.Samples} samples mapped. {plan.Policy} was to drop {plan.Expected.Drop:P2} "
        + $"and save {plan.Expected.Reduction:P1}: it drops {reported.Drop:P2} and saves {reported.Reduction:P1}.");
}

return 0;
