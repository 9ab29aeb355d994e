using Dimec.Evaluation;
using Dimec.Files;
using Dimec.Planning.Promises;
using Dimec.Predictions;
using Dimec.Routing;
using Dimec.Routing.Plans;
using Dimec.Samples.RouterTable;

// Thresholds for a router between two models, with a promise, from nothing but its table: router-table TABLE.csv PLAN.json
MadeTable.Write(args[0]);
var table = RouterTable.Read(args[0]);
var (selection, calibration, dev) = (table.Part(PartNames.Selection), table.Part(PartNames.Calibration), table.Part(PartNames.Dev));

var madeFrom = new Dictionary<string, string> { [args[0]] = FileHash.Of(args[0]) };
var planner = new RouterPlanner(new RouterRequest(selection, ScoreDirection.Strong, madeFrom));
if (planner.Plan(calibration, new PromiseOptions { MaxDrop = 0.01, Confidence = 0.95 }) is not RouterOutcome.Planned { Plan: var plan })
{
    Console.Error.WriteLine("These rows show no such promise.");
    return 3;
}

AtomicFile.Write(args[1], plan.Write);
Console.WriteLine($"{plan.Words}. {PromiseWords.Of(plan.Promise!, RouterPlan.Unit)}");

// What the samples say that had no say in it.
var evaluation = RouterEvaluation.Of(dev, ScoreDirection.Strong, plan, new EvaluationOptions());
Console.WriteLine($"It saves {evaluation.Plan!.Reduction:P1} and drops {evaluation.Plan.Drop!.Value.Value:P2} on {evaluation.N} rows.");
if (evaluation.Frontier.Measures is { } measures)
    Console.WriteLine($"CPT(50 %) {measures.Cpt50.Value:P1}, APGR {measures.Apgr.Value:F3}.");
return 0;
