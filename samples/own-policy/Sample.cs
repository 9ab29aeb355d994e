using System.Globalization;
using Dimec.Costs;
using Dimec.Evaluation;
using Dimec.Planning;
using Dimec.Policies.Fitting;
using Dimec.Predictions;

namespace OwnPolicy;

/// <summary>Plans a policy of one's own on a run's selection part, and sets it beside the built-in ones on dev.</summary>
public static class Sample
{
    /// <summary>Runs the sample.</summary>
    /// <param name="run">A folder with <c>predictions/selection.jsonl</c> and <c>predictions/dev.jsonl</c>.</param>
    /// <param name="output">Where the table goes.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string run, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var (selection, dev) = (Read(run, PartNames.Selection), Read(run, "dev"));
        var costs = CostStructure.Default(selection.Exits);

        // The one place where the policy is made known: a longer list, handed to the planner and to the evaluation.
        var policies = FitterList.Default.With(new MarginFitter());
        var planner = new Planner(new PlanRequest
        {
            Selection = new SelectionPart(selection),
            Costs = costs,
            Policies = policies,
            Options = new PlanningOptions { MaxDrop = 0.02 },
        });
        var evaluation = Evaluator.Evaluate(planner.PlanAll(), dev, costs, new EvaluationOptions { Policies = policies });
        foreach (var row in evaluation.Policies)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name,-10} accuracy {row.Accuracy:0.000}  cost {row.Cost:0.00}  saved {row.Reduction:P1}"));
        }

        if (planner.Plan("margin") is not PlanOutcome.Planned { Plan: var plan })
        {
            output.WriteLine("No margin keeps the drop.");
            return 1;
        }

        var path = Path.Combine(run, "plan.json");
        using (var file = File.Create(path))
            plan.Write(file);

        // Whoever reads the plan needs the same policy in its list; a phone takes PolicyList.Default.With(new MarginFactory()).
        using var written = File.OpenRead(path);
        var again = Plan.Read(written, path, policies.Policies);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{path}: {again.Policy}, {((MarginParameters)again.Parameters).Threshold:0.000}"));
        return 0;
    }

    private static RecordedExits Read(string run, string part)
    {
        var path = Path.Combine(run, "predictions", $"{part}.jsonl");
        using var stream = File.OpenRead(path);
        return RecordedExits.Read(stream, part, path);
    }
}
