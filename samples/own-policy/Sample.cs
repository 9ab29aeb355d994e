using System.Globalization;
using Dimec.Files;
using Dimec.Planning;
using Dimec.Policies.Fitting;
using Dimec.Runs.Evaluations;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;

namespace OwnPolicy;

/// <summary>Plans a policy of one's own on a run's selection part, and sets it beside the built-in ones on dev.</summary>
public static class Sample
{
    /// <summary>Runs the sample.</summary>
    /// <param name="folder">A folder with <c>predictions/selection.jsonl</c> and <c>predictions/dev.jsonl</c>.</param>
    /// <param name="output">Where the table goes.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string folder, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);

        // The one place where the policy is made known: a longer list, with which the run is opened.
        var run = Dimec.Runs.Run.Open(folder, FitterList.Default.With(new MarginFitter()));
        var choices = PlanChoices.Default with { Options = new PlanningOptions { MaxDrop = 0.02 } };
        foreach (var row in run.Evaluate(settings: new EvaluationSettings { Choices = choices }).Document.Policies)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name,-10} accuracy {row.Accuracy:0.000}  cost {row.Cost:0.00}  saved {row.Reduction:P1}"));
        }

        if (!run.Plan("margin", choices: choices).TryGet(out var plan, out var reason))
        {
            output.WriteLine(reason);
            return 1;
        }

        var path = Path.Combine(folder, "plan.json");
        AtomicFile.Write(path, plan.Write);

        // Whoever reads the plan needs the same policy in its list; a phone takes PolicyList.Default.With(new MarginFactory()).
        var again = RunParts.Plan(path, run.Policies.Policies);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{path}: {again.Policy}, {((MarginParameters)again.Parameters).Threshold:0.000}"));
        return 0;
    }
}
