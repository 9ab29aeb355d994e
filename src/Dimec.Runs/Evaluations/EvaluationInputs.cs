using Dimec.Planning;
using Dimec.Policies.Fitting;
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
    public static IReadOnlyList<string> Parts { get; } = [PartNames.Dev, PartNames.Calibration, PartNames.Train];

    /// <summary>Reads a run and what the call names beside it.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="plan">A plan that stands as it is; null for none.</param>
    /// <param name="costs">A cost file; null for the plan's costs or the default structure.</param>
    /// <param name="part">The part to report.</param>
    /// <param name="choices">The call's choices, with the plan that was read.</param>
    /// <exception cref="InputException">Everything that is wrong with the call and the files.</exception>
    public static EvaluationInputs Read(string run, string? plan, string? costs, string part, Func<Plan?, InputErrors, PlanChoices> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var errors = new InputErrors();
        CheckPart(part, errors);
        var given = plan is null ? null : errors.Try(() => RunParts.Plan(plan));
        var chosen = choices(given, errors);
        var folder = errors.Try(() => RunFolder.Open(run));
        return Read(folder, given, costs, part, chosen, policies: null, errors);
    }

    /// <summary>Reads a run that was opened, for a plan that was read.</summary>
    /// <param name="run">The run.</param>
    /// <param name="given">A plan that stands as it is; null for none.</param>
    /// <param name="costs">A cost file; null for the plan's costs or the default structure.</param>
    /// <param name="part">The part to report.</param>
    /// <param name="choices">The open choices.</param>
    /// <param name="policies">The policies that are planned; null for those of this library.</param>
    /// <exception cref="InputException">Everything that is wrong with the files, or the part is not to be reported.</exception>
    public static EvaluationInputs Read(
        RunFolder run, Plan? given, string? costs, string part, PlanChoices choices, FitterList? policies = null)
    {
        var errors = new InputErrors();
        CheckPart(part, errors);
        return Read(run, given, costs, part, choices, policies, errors);
    }

    private static EvaluationInputs Read(
        RunFolder? run, Plan? given, string? costs, string part, PlanChoices choices, FitterList? policies, InputErrors errors)
    {
        var request = run is null ? null : errors.Try(() => PlanInputs.Read(run, costs, choices, given, policies));
        var reported = run is null || !Parts.Contains(part) ? null : errors.Try(() => new RunParts(run).Routed(part));
        errors.ThrowIfAny();
        return new EvaluationInputs(run!, request!, reported!);
    }

    private static void CheckPart(string part, InputErrors errors)
    {
        if (part == PartNames.Selection)
        {
            errors.Add(
                $"{OptionNames.Of(CallArgument.Part)} {part}", "is the part that choices are made on",
                "report another part, e.g. dev");
        }
        else if (!Parts.Contains(part))
        {
            errors.Add(
                $"{OptionNames.Of(CallArgument.Part)} {part}", "is no part", $"use one of {string.Join(", ", Parts)}");
        }
    }
}
