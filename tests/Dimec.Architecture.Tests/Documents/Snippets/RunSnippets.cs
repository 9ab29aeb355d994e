using Dimec.Files;
using Dimec.Policies;
using Dimec.Policies.Fitting;
using Dimec.Runs;

namespace Dimec.Architecture.Tests.Documents.Snippets;

/// <summary>The code in the page of <c>Dimec.Runs</c>.</summary>
internal static class RunSnippets
{
    public static void PlanAndEvaluate()
    {
        var run = Run.Open("run");
        run.Map();
        if (!run.Plan(PolicyList.Any).TryGet(out var plan, out var reason))
            throw new InvalidOperationException(reason);
        AtomicFile.Write("plan.json", plan.Write);
        var evaluation = run.Evaluate(plan);
        evaluation.Write();
        foreach (var row in evaluation.Document.Policies)
            Console.WriteLine($"{row.Name}: {row.Reduction:P1} saved, a drop of {row.Drop:P1}");
    }

    public static Run OwnPolicies(IPolicyFitter mine)
    {
        var run = Run.Open("run", FitterList.Default.With(mine));
        return run;
    }
}
