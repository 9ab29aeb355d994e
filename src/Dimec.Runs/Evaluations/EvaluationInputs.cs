using Dimec.Planning;
using Dimec.Predictions;
using Dimec.Runs.Parts;
using Dimec.Runs.Plans;

namespace Dimec.Runs.Evaluations;

/// <summary>What an evaluation is made from.</summary>
/// <param name="Run">The run.</param>
/// <param name="Request">What policies are planned from, with the plan that was given.</param>
/// <param name="Reported">The part that is reported.</param>
public sealed record EvaluationInputs(RunFolder Run, PlanRequest Request, RecordedExits Reported)
{
    /// <summary>The parts that may be reported: nothing is chosen on them.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["dev", "calibration", "train"];

    /// <summary>Reads a run and what the call names beside it.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="plan">A plan that stands as it is; null for none.</param>
    /// <param name="costs">A cost file; null for the plan's costs or the default structure.</param>
    /// <param name="part">The part to report.</param>
    /// <param name="choices">The call's choices, with the plan that was read.</param>
    /// <exception cref="InputException">Everything that is wrong with the call and the files.</exception>
    public static EvaluationInputs Read(string run, string? plan, string? costs, string part, Func<Plan?, InputErrors, PlanChoices> choices)
    {
        var errors = new InputErrors();
        var isPart = Parts.Contains(part);
        if (part == SelectionPart.Name)
            errors.Add($"{OptionNames.Of(nameof(EvaluationInputs), "Part")} {part}", "is the part that choices are made on", "report another part, e.g. dev");
        else if (!isPart)
            errors.Add($"{OptionNames.Of(nameof(EvaluationInputs), "Part")} {part}", "is no part", $"use one of {string.Join(", ", Parts)}");
        var given = plan is null ? null : errors.Try(() => RunParts.Plan(plan));
        var chosen = choices(given, errors);
        var folder = errors.Try(() => RunFolder.Open(run));
        var request = folder is null ? null : errors.Try(() => PlanInputs.Read(folder, costs, chosen, given));
        var reported = folder is null || !isPart ? null : errors.Try(() => new RunParts(folder).Routed(part));
        errors.ThrowIfAny();
        return new EvaluationInputs(folder!, request!, reported!);
    }
}
