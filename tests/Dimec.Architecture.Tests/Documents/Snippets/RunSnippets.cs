using Dimec.Files;
using Dimec.Planning;
using Dimec.Policies;
using Dimec.Pools;
using Dimec.Runs;
using Dimec.Runs.Evaluations;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;
using Dimec.Runs.Records;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec.Runs</c>.</summary>
internal static class RunSnippets
{
    public static void PlanAndEvaluate()
    {
        var run = RunFolder.Open("run");
        var planner = new Planner(PlanInputs.Read(run, costs: null, new PlanChoices(new PlanningOptions(), new MetricsChoice())));
        if (planner.Plan(PolicyList.Any) is PlanOutcome.Planned { Plan: var plan })
            AtomicFile.Write("plan.json", plan.Write);
        foreach (var evaluation in RunEvaluation.AtAllCosts(planner, new RunParts(run).Routed("dev"), RunSummary.Of(run).Task))
        {
            foreach (var row in evaluation.Document.Policies)
                Console.WriteLine($"{row.Name}: {row.Reduction:P1} saved, a drop of {row.Drop:P1}");
        }
    }
}
